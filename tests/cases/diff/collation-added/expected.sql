-- migrate: upgrade

ALTER TABLE author ALTER COLUMN name TYPE TEXT COLLATE "C";

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN name TYPE TEXT;
