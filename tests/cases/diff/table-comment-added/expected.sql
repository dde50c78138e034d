-- migrate: upgrade

COMMENT ON TABLE author IS 'who writes';

-- migrate: downgrade

COMMENT ON TABLE author IS NULL;
