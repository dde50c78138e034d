-- migrate: upgrade

ALTER TABLE item DROP COLUMN total;
ALTER TABLE item DROP COLUMN price;

-- migrate: downgrade

ALTER TABLE item ADD COLUMN price INTEGER;
ALTER TABLE item ADD COLUMN total INTEGER GENERATED ALWAYS AS (price * 2) STORED;
