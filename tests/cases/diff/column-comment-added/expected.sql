-- migrate: upgrade

COMMENT ON COLUMN author.name IS 'as on the cover';

-- migrate: downgrade

COMMENT ON COLUMN author.name IS NULL;
