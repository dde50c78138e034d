-- migrate: upgrade

ALTER TABLE author RENAME COLUMN name TO full_name;

-- migrate: downgrade

ALTER TABLE author RENAME COLUMN full_name TO name;
