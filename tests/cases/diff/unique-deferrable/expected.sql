-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT item_a_key;
ALTER TABLE item ADD UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;

-- migrate: downgrade

ALTER TABLE item DROP CONSTRAINT item_a_key;
ALTER TABLE item ADD UNIQUE (a);
