-- is `author.colour` now `author.mood`?

-- migrate: upgrade

ALTER TABLE author ADD COLUMN mood TEXT;
ALTER TABLE author DROP COLUMN colour;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN colour TEXT;
ALTER TABLE author DROP COLUMN mood;
