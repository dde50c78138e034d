-- schema drop when empty
--
-- Revision ID: ca5e00000320
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

DROP SCHEMA IF EXISTS p_never_made;

-- migrate: downgrade


