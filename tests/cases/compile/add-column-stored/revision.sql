-- add column stored
--
-- Revision ID: ca5e00000102
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN doubled INTEGER GENERATED ALWAYS AS (size * 2) STORED;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN doubled;
