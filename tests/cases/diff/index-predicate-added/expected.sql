-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a) WHERE a IS NOT NULL;

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
