-- migrate: upgrade

ALTER TABLE item ALTER COLUMN made TYPE TIMESTAMP;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN made TYPE DATE;
