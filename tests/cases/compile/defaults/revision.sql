-- defaults
--
-- Revision ID: ca5e00000020
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ALTER COLUMN title SET DEFAULT 'new', ALTER COLUMN pages SET DEFAULT 10;

-- migrate: downgrade

ALTER TABLE {prefix}book ALTER COLUMN title SET DEFAULT 'untitled', ALTER COLUMN pages DROP DEFAULT;
