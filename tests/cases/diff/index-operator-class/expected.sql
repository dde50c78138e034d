-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a text_pattern_ops);

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item (a);
