-- comments
--
-- Revision ID: ca5e00000034
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

COMMENT ON TABLE {prefix}book IS 'what is read';
COMMENT ON COLUMN {prefix}book.title IS 'it''s on the cover';

-- migrate: downgrade

COMMENT ON COLUMN {prefix}book.title IS NULL;
COMMENT ON TABLE {prefix}book IS NULL;
