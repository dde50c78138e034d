-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT item_a_check;
ALTER TABLE item DROP CONSTRAINT larger;

-- migrate: downgrade

ALTER TABLE item ADD CONSTRAINT larger CHECK (a < b);
ALTER TABLE item ADD CHECK (a > 0);
