-- migrate: upgrade

ALTER TABLE author ALTER COLUMN name SET DEFAULT 'nobody';

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN name DROP DEFAULT;
