-- indexes
--
-- Revision ID: ca5e00000134
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX ix_file_note ON file (note DESC, size);
CREATE UNIQUE INDEX ix_file_owner_size ON file (note, owner);
CREATE INDEX IF NOT EXISTS ix_file_note ON file (note);
CREATE INDEX ON file (size, note);

-- migrate: downgrade

DROP INDEX file_size_note_idx;
DROP INDEX IF EXISTS ix_file_owner_size;
DROP INDEX IF EXISTS ix_file_owner_size;
DROP INDEX ix_file_note ON file;
