-- drop column of keys
--
-- Revision ID: ca5e00000127
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD CONSTRAINT size_and_owner UNIQUE (size, owner);
CREATE INDEX ix_file_note_owner ON file (note, owner);
ALTER TABLE file DROP COLUMN owner;

-- migrate: downgrade

ALTER TABLE file ADD COLUMN owner INTEGER REFERENCES person (id) ON DELETE CASCADE;
