-- check over two columns
--
-- Revision ID: ca5e00000228
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ADD CONSTRAINT size_or_note CHECK (size IS NOT NULL OR note IS NOT NULL);
ALTER TABLE file ALTER COLUMN note TYPE TEXT;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN note TYPE VARCHAR(200);
ALTER TABLE file DROP CONSTRAINT size_or_note;
