-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (b, a);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a, b);
