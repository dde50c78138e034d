-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT item_total_key;
DROP INDEX item_total ON item;
ALTER TABLE item DROP COLUMN total;
ALTER TABLE item ADD COLUMN total INTEGER GENERATED ALWAYS AS (price * 3) STORED;
ALTER TABLE item ADD UNIQUE (total);
CREATE INDEX item_total ON item (total);

-- migrate: downgrade

DROP INDEX item_total ON item;
ALTER TABLE item DROP CONSTRAINT item_total_key;
ALTER TABLE item DROP COLUMN total;
ALTER TABLE item ADD COLUMN total INTEGER GENERATED ALWAYS AS (price * 2) STORED;
CREATE INDEX item_total ON item (total);
ALTER TABLE item ADD UNIQUE (total);
