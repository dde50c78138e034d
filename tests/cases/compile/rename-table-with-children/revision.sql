-- rename table with children
--
-- Revision ID: ca5e0000020d
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE person RENAME TO people;
ALTER TABLE people ALTER COLUMN name TYPE VARCHAR(60);

-- migrate: downgrade

ALTER TABLE people ALTER COLUMN name TYPE VARCHAR(50);
ALTER TABLE people RENAME TO person;
