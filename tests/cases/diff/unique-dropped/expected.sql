-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT item_a_key;
ALTER TABLE item DROP CONSTRAINT item_pair;

-- migrate: downgrade

ALTER TABLE item ADD CONSTRAINT item_pair UNIQUE (a, b);
ALTER TABLE item ADD UNIQUE (a);
