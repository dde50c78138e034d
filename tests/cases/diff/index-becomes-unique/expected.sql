-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE UNIQUE INDEX item_a ON item (a);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
