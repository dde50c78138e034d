-- migrate: upgrade

CREATE INDEX item_a ON item (a);

-- migrate: downgrade

DROP INDEX item_a ON item;
