-- migrate: upgrade

ALTER TABLE item RENAME INDEX item_a TO item_by_a;

-- migrate: downgrade

ALTER TABLE item RENAME INDEX item_by_a TO item_a;
