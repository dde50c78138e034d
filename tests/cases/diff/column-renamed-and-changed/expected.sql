-- migrate: upgrade

ALTER TABLE author RENAME COLUMN name TO full_name;
ALTER TABLE author ALTER COLUMN full_name TYPE TEXT;
ALTER TABLE author ALTER COLUMN full_name SET NOT NULL;

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN full_name DROP NOT NULL;
ALTER TABLE author ALTER COLUMN full_name TYPE VARCHAR(10);
ALTER TABLE author RENAME COLUMN full_name TO name;
