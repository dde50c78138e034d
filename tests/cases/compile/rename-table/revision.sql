-- rename table
--
-- Revision ID: ca5e00000007
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book RENAME TO {prefix}volume;

-- migrate: downgrade

ALTER TABLE {prefix}volume RENAME TO {prefix}book;
