-- migrate: upgrade

ALTER TABLE item ADD COLUMN total INTEGER GENERATED ALWAYS AS (price * amount) STORED;

-- migrate: downgrade

ALTER TABLE item DROP COLUMN total;
