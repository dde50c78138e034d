-- migrate: upgrade

ALTER TABLE author ALTER COLUMN name TYPE VARCHAR(40);
ALTER TABLE author ALTER COLUMN code TYPE CHAR(3);

-- migrate: downgrade

ALTER TABLE author ALTER COLUMN code TYPE CHAR(2);
ALTER TABLE author ALTER COLUMN name TYPE VARCHAR(10);
