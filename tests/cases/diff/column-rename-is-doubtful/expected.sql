-- is `author.name` now `author.full_name`?

-- migrate: upgrade

ALTER TABLE author ADD COLUMN full_name TEXT;
ALTER TABLE author DROP COLUMN name;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN name TEXT;
ALTER TABLE author DROP COLUMN full_name;
