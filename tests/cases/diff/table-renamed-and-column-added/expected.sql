-- migrate: upgrade

ALTER TABLE writer RENAME TO author;
ALTER TABLE author ADD COLUMN age INTEGER;

-- migrate: downgrade

ALTER TABLE author DROP COLUMN age;
ALTER TABLE author RENAME TO writer;
