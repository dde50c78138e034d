-- migrate: upgrade

ALTER TABLE author RENAME COLUMN first TO given_name;
ALTER TABLE author RENAME COLUMN last TO family_name;

-- migrate: downgrade

ALTER TABLE author RENAME COLUMN family_name TO last;
ALTER TABLE author RENAME COLUMN given_name TO first;
