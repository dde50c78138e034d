-- own unique using index
--
-- Revision ID: ca5e00000358
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE UNIQUE INDEX file_size_once ON file (size);
ALTER TABLE file ADD CONSTRAINT file_size_once UNIQUE USING INDEX file_size_once;

-- migrate: downgrade

ALTER TABLE file DROP CONSTRAINT file_size_once;
