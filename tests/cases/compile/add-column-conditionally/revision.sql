-- add column conditionally
--
-- Revision ID: ca5e00000101
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN IF NOT EXISTS size INTEGER;
ALTER TABLE file ADD COLUMN IF NOT EXISTS mimetype VARCHAR(100) UNIQUE;
ALTER TABLE file ADD COLUMN IF NOT EXISTS mimetype VARCHAR(100) UNIQUE;

-- migrate: downgrade

ALTER TABLE file DROP COLUMN IF EXISTS mimetype;
ALTER TABLE file DROP COLUMN IF EXISTS mimetype;
