-- only one engine
--
-- Revision ID: ca5e00000037
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE INDEX {prefix}book_gin ON {prefix}book USING gin (to_tsvector('simple', title));
-- migrate: only mysql
CREATE FULLTEXT INDEX {prefix}book_gin ON {prefix}book (title);
-- migrate: only sqlite
CREATE INDEX {prefix}book_gin ON {prefix}book (title COLLATE NOCASE);

-- migrate: downgrade

DROP INDEX {prefix}book_gin;
