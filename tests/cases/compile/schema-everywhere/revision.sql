-- schema everywhere
--
-- Revision ID: ca5e00000319
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE SCHEMA p_never_made;

-- migrate: downgrade

DROP SCHEMA p_never_made CASCADE;
