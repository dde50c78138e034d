-- set type text
--
-- Revision ID: ca5e00000017
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}author ALTER COLUMN name TYPE VARCHAR(200);

-- migrate: downgrade

ALTER TABLE {prefix}author ALTER COLUMN name TYPE VARCHAR(50);
