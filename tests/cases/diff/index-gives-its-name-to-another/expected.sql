-- migrate: upgrade

ALTER TABLE item RENAME INDEX item_a_idx TO item_a_idx1;
CREATE INDEX item_a_idx ON item (a);

-- migrate: downgrade

DROP INDEX item_a_idx ON item;
ALTER TABLE item RENAME INDEX item_a_idx1 TO item_a_idx;
