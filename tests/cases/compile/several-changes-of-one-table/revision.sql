-- several changes of one table
--
-- Revision ID: ca5e00000035
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ALTER COLUMN pages TYPE BIGINT;
ALTER TABLE {prefix}book ALTER COLUMN pages SET NOT NULL;
ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_pages_check;
ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_pages_positive CHECK (pages >= 1);
ALTER TABLE {prefix}book ADD COLUMN weight INTEGER DEFAULT 100 NOT NULL;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP COLUMN weight;
ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_pages_positive;
ALTER TABLE {prefix}book ALTER COLUMN pages DROP NOT NULL;
ALTER TABLE {prefix}book ALTER COLUMN pages TYPE INTEGER;
ALTER TABLE {prefix}book ADD CONSTRAINT {prefix}book_pages_check CHECK (pages > 0);
