-- view over a changed table
--
-- Revision ID: ca5e00000310
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE VIEW notes AS SELECT id, note FROM file;
ALTER TABLE file ALTER COLUMN name SET DEFAULT 'newer';
ALTER TABLE file ADD CONSTRAINT file_note_check CHECK (note <> '');

-- migrate: downgrade

ALTER TABLE file DROP CONSTRAINT file_note_check;
ALTER TABLE file ALTER COLUMN name SET DEFAULT 'new';
DROP VIEW notes;
