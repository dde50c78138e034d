-- create index
--
-- Revision ID: ca5e00000028
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE INDEX {prefix}book_pages ON {prefix}book (pages DESC, title);
CREATE UNIQUE INDEX {prefix}author_name ON {prefix}author (name);

-- migrate: downgrade

DROP INDEX {prefix}author_name;
DROP INDEX {prefix}book_pages;
