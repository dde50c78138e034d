-- migrate: upgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item ((upper(a)));

-- migrate: downgrade

DROP INDEX item_a ON item;
CREATE INDEX item_a ON item ((lower(a)));
