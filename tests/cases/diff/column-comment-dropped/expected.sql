-- migrate: upgrade

COMMENT ON COLUMN author.name IS NULL;

-- migrate: downgrade

COMMENT ON COLUMN author.name IS 'as on the cover';
