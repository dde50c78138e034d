-- migrate: upgrade

ALTER TABLE author ALTER COLUMN name TYPE TEXT;

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN name TYPE TEXT COLLATE "C";
