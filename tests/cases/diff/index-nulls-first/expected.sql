-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a NULLS FIRST);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
