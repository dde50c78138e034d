-- migrate: upgrade

ALTER TABLE item ADD COLUMN c INTEGER;

-- migrate: downgrade

ALTER TABLE item DROP COLUMN c;
