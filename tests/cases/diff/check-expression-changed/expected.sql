-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT item_a_check;
ALTER TABLE item ADD CHECK (a > 1);
ALTER TABLE item DROP CONSTRAINT larger;
ALTER TABLE item ADD CONSTRAINT larger CHECK (a <= b);

-- migrate: downgrade

ALTER TABLE item DROP CONSTRAINT larger;
ALTER TABLE item ADD CONSTRAINT larger CHECK (a < b);
ALTER TABLE item DROP CONSTRAINT item_a_check;
ALTER TABLE item ADD CHECK (a > 0);
