-- is `author.name` now `author.full_name`?

-- migrate: upgrade

ALTER TABLE author ADD COLUMN full_name VARCHAR(80);
ALTER TABLE author DROP COLUMN name;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN name VARCHAR(40);
ALTER TABLE author DROP COLUMN full_name;
