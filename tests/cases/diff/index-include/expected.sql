-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a) INCLUDE (b);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
