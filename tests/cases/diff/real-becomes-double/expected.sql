-- migrate: upgrade

ALTER TABLE item ALTER COLUMN weight TYPE DOUBLE PRECISION;

-- migrate: downgrade

ALTER TABLE item ALTER COLUMN weight TYPE REAL;
