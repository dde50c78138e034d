-- migrate: upgrade

ALTER TABLE item ALTER COLUMN made TYPE TIMESTAMP WITH TIME ZONE;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN made TYPE TIMESTAMP;
