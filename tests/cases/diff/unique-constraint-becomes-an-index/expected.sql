-- migrate: upgrade

CREATE UNIQUE INDEX item_a ON item (a);
ALTER TABLE item DROP CONSTRAINT item_a_key;

-- migrate: downgrade

ALTER TABLE item ADD UNIQUE (a);
DROP INDEX item_a ON item;
