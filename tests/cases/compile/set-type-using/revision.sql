-- set type using
--
-- Revision ID: ca5e00000018
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only sqlite, postgresql
ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_pages_check;
-- migrate: only sqlite, postgresql
ALTER TABLE {prefix}book ALTER COLUMN pages TYPE VARCHAR(20) USING CAST(pages AS VARCHAR(20)) || ' p';

-- migrate: downgrade

-- migrate: only sqlite, postgresql
ALTER TABLE {prefix}book ALTER COLUMN pages TYPE INTEGER USING CAST(replace(pages, ' p', '') AS INTEGER);
-- migrate: only sqlite, postgresql
ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_pages_check CHECK (pages > 0);
