-- drop constraint if exists
--
-- Revision ID: ca5e00000215
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file DROP CONSTRAINT IF EXISTS nowhere;
ALTER TABLE file DROP CONSTRAINT IF EXISTS size_is_positive;

-- migrate: downgrade

ALTER TABLE file ADD CONSTRAINT size_is_positive CHECK (size > 0);
