-- migrate: upgrade

COMMENT ON TABLE author IS 'who wrote';

-- migrate: downgrade

COMMENT ON TABLE author IS 'who writes';
