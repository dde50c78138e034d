-- add column with reference
--
-- Revision ID: ca5e00000105
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN author INTEGER REFERENCES person (id) ON DELETE SET NULL;
ALTER TABLE file ADD COLUMN depth INTEGER DEFAULT 1 NOT NULL CHECK (depth > 0);

-- migrate: downgrade

ALTER TABLE file DROP COLUMN depth;
ALTER TABLE file DROP COLUMN author;
