-- drop column with index
--
-- Revision ID: ca5e00000128
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file DROP COLUMN size;

-- migrate: downgrade

ALTER TABLE file ADD COLUMN size INTEGER;
ALTER TABLE file ADD CONSTRAINT size_is_positive CHECK (size > 0);
CREATE INDEX ix_file_size ON file (size);
