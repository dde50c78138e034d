-- nullability
--
-- Revision ID: ca5e00000019
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ALTER COLUMN pages SET NOT NULL, ALTER COLUMN title DROP NOT NULL;

-- migrate: downgrade

ALTER TABLE {prefix}book ALTER COLUMN pages DROP NOT NULL, ALTER COLUMN title SET NOT NULL;
