-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a DESC);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
