-- unique over two columns
--
-- Revision ID: ca5e00000222
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD CONSTRAINT once_per_owner UNIQUE (name, owner);
ALTER TABLE file DROP CONSTRAINT file_name_key;

-- migrate: downgrade

ALTER TABLE file ADD UNIQUE (name);
ALTER TABLE file DROP CONSTRAINT once_per_owner;
