-- add column with check of two
--
-- Revision ID: ca5e00000103
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD COLUMN used INTEGER CHECK (used <= size);

-- migrate: downgrade

ALTER TABLE file DROP CONSTRAINT file_check;
ALTER TABLE file DROP COLUMN used;
