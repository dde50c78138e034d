-- migrate: upgrade

ALTER TABLE author ADD COLUMN code TEXT UNIQUE;

-- migrate: downgrade

ALTER TABLE author DROP COLUMN code;
