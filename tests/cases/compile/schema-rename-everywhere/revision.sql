-- schema rename everywhere
--
-- Revision ID: ca5e00000322
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE SCHEMA reports;
ALTER SCHEMA reports RENAME TO other;

-- migrate: downgrade

DROP SCHEMA other CASCADE;
