-- migrate: upgrade

ALTER TABLE item ALTER COLUMN made TYPE TIMESTAMP(6);

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN made TYPE TIMESTAMP(3);
