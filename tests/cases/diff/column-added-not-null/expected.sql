-- migrate: upgrade

ALTER TABLE author ADD COLUMN name TEXT NOT NULL;

-- migrate: downgrade

ALTER TABLE author DROP COLUMN name;
