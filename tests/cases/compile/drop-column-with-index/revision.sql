-- drop column with index
--
-- Revision ID: ca5e00000014
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

DROP INDEX {prefix}book_title ON {prefix}book;
ALTER TABLE {prefix}book DROP COLUMN title;

-- migrate: downgrade

ALTER TABLE {prefix}book ADD COLUMN title VARCHAR(100) DEFAULT 'untitled' NOT NULL;
CREATE INDEX {prefix}book_title ON {prefix}book (title);
