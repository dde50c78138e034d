-- migrate: upgrade

ALTER TABLE author ALTER COLUMN name TYPE TEXT COLLATE "RTRIM";

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN name TYPE TEXT COLLATE "NOCASE";
