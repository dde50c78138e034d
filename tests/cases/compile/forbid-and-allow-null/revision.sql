-- forbid and allow null
--
-- Revision ID: ca5e0000021c
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE file ALTER COLUMN size SET NOT NULL, ALTER COLUMN note SET NOT NULL, ALTER COLUMN name DROP NOT NULL;

-- migrate: downgrade

ALTER TABLE file ALTER COLUMN size DROP NOT NULL, ALTER COLUMN note DROP NOT NULL, ALTER COLUMN name SET NOT NULL;
