-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a(20));

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a(10));
