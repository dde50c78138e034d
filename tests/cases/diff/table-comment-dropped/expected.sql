-- migrate: upgrade

COMMENT ON TABLE author IS NULL;

-- migrate: downgrade

COMMENT ON TABLE author IS 'who writes';
