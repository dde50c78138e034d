-- add column
--
-- Revision ID: ca5e00000008
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD COLUMN subtitle VARCHAR(100), ADD COLUMN copies INTEGER DEFAULT 1 NOT NULL;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP COLUMN copies, DROP COLUMN subtitle;
