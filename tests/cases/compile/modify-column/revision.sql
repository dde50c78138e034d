-- modify column
--
-- Revision ID: ca5e00000021
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book MODIFY COLUMN pages BIGINT NOT NULL DEFAULT 5;

-- migrate: downgrade

ALTER TABLE {prefix}book MODIFY COLUMN pages INTEGER NULL;
