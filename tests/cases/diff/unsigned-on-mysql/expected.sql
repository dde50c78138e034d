-- migrate: upgrade

ALTER TABLE item ALTER COLUMN a TYPE INTEGER UNSIGNED;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN a TYPE INTEGER;
