-- migrate: upgrade

DROP INDEX item_a ON item;

-- migrate: downgrade

CREATE INDEX item_a ON item (a);
