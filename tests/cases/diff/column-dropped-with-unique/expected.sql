-- migrate: upgrade

ALTER TABLE author DROP COLUMN code;

-- migrate: downgrade

ALTER TABLE author ADD COLUMN code TEXT UNIQUE;
