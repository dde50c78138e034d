-- add column reference
--
-- Revision ID: ca5e00000009
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD COLUMN editor_id INTEGER REFERENCES {prefix}author (id) ON DELETE SET NULL;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_editor_id_fkey;
ALTER TABLE {prefix}book DROP COLUMN editor_id;
