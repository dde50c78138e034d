-- migrate: upgrade

ALTER TABLE item ALTER COLUMN data TYPE JSONB;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN data TYPE JSON;
