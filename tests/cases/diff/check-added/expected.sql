-- migrate: upgrade

ALTER TABLE item ADD CHECK (a > 0);
ALTER TABLE item ADD CONSTRAINT larger CHECK (a < b);

-- migrate: downgrade

ALTER TABLE item DROP CONSTRAINT larger;
ALTER TABLE item DROP CONSTRAINT item_a_check;
