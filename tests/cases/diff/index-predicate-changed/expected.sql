-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a) WHERE a > 1;

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a) WHERE a > 0;
