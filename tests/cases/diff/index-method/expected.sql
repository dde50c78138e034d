-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item USING hash (a);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
