-- add column not null with default
--
-- Revision ID: ca5e00000205
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN hidden BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE file ALTER COLUMN hidden DROP DEFAULT;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN hidden;
