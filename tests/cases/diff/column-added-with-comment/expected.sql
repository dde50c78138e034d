-- migrate: upgrade

ALTER TABLE author ADD COLUMN code TEXT COMMENT 'four letters';

-- migrate: downgrade

ALTER TABLE author DROP COLUMN code;
