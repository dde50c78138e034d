-- drop index if exists
--
-- Revision ID: ca5e00000212
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

DROP INDEX IF EXISTS ix_nowhere;
DROP INDEX IF EXISTS ix_file_size;

-- migrate: downgrade

CREATE INDEX ix_file_size ON file (size);
