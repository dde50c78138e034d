-- migrate: upgrade

ALTER TABLE item RENAME CONSTRAINT item_key TO item_identity;

-- migrate: downgrade

ALTER TABLE item RENAME CONSTRAINT item_identity TO item_key;
