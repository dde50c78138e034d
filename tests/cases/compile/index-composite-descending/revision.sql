-- index composite descending
--
-- Revision ID: ca5e00000211
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE UNIQUE INDEX ix_file_owner_name ON file (owner DESC, name);
CREATE INDEX ix_file_note ON file (note);

-- migrate: downgrade

DROP INDEX ix_file_note;
DROP INDEX ix_file_owner_name;
