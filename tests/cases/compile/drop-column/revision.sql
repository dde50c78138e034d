-- drop column
--
-- Revision ID: ca5e00000013
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book DROP COLUMN price;

-- migrate: downgrade

ALTER TABLE {prefix}book ADD COLUMN price NUMERIC(8, 2);
