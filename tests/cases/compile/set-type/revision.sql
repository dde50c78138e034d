-- set type
--
-- Revision ID: ca5e00000016
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ALTER COLUMN pages TYPE BIGINT, ALTER COLUMN price SET DATA TYPE DOUBLE PRECISION;

-- migrate: downgrade

ALTER TABLE {prefix}book ALTER COLUMN pages TYPE INTEGER, ALTER COLUMN price TYPE NUMERIC(8, 2);
