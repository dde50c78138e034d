-- add column expression default
--
-- Revision ID: ca5e00000012
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD COLUMN added TIMESTAMP DEFAULT CURRENT_TIMESTAMP;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP COLUMN added;
