-- migrate: upgrade

ALTER TABLE author ALTER COLUMN name SET NOT NULL;

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN name DROP NOT NULL;
