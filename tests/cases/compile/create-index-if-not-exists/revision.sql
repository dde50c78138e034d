-- create index if not exists
--
-- Revision ID: ca5e00000213
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX IF NOT EXISTS ix_file_size ON file (size);
CREATE INDEX IF NOT EXISTS ix_file_owner ON file (owner);

-- migrate: downgrade

DROP INDEX ix_file_owner;
