-- migrate: upgrade

ALTER TABLE writer RENAME TO author;
ALTER TABLE author RENAME COLUMN name TO full_name;

-- migrate: downgrade

ALTER TABLE author RENAME COLUMN full_name TO name;
ALTER TABLE author RENAME TO writer;
