-- migrate: upgrade

ALTER TABLE item ADD UNIQUE (a);
ALTER TABLE item ADD CONSTRAINT item_pair UNIQUE (a, b);

-- migrate: downgrade

ALTER TABLE item DROP CONSTRAINT item_pair;
ALTER TABLE item DROP CONSTRAINT item_a_key;
