-- foreign key replaced
--
-- Revision ID: ca5e00000229
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file DROP CONSTRAINT file_owner_fkey;
ALTER TABLE file ADD CONSTRAINT file_owner FOREIGN KEY (owner) REFERENCES person (id) ON DELETE SET NULL;

-- migrate: downgrade

ALTER TABLE file DROP CONSTRAINT file_owner;
ALTER TABLE file ADD FOREIGN KEY (owner) REFERENCES person (id) ON DELETE CASCADE;
