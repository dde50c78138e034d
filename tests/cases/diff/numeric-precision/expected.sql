-- migrate: upgrade

ALTER TABLE item ALTER COLUMN price TYPE NUMERIC(10, 4);

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN price TYPE NUMERIC(8, 2);
