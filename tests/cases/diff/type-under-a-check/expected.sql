-- migrate: upgrade

ALTER TABLE item DROP CONSTRAINT item_size_check;
ALTER TABLE item ALTER COLUMN size TYPE INTEGER USING "size"::INTEGER;
ALTER TABLE item ADD CHECK (size > 0);

-- migrate: downgrade

ALTER TABLE item DROP CONSTRAINT item_size_check;
ALTER TABLE item ALTER COLUMN size TYPE TEXT;
ALTER TABLE item ADD CHECK (length(size) > 0);
