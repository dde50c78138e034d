-- add column unique
--
-- Revision ID: ca5e00000010
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

ALTER TABLE {prefix}book ADD COLUMN isbn CHAR(13) UNIQUE;

-- migrate: downgrade

ALTER TABLE {prefix}book DROP CONSTRAINT {prefix}book_isbn_key;
ALTER TABLE {prefix}book DROP COLUMN isbn;
