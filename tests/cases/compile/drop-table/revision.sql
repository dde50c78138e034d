-- drop table
--
-- Revision ID: ca5e00000006
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

DROP TABLE {prefix}book;

-- migrate: downgrade

CREATE TABLE {prefix}book (
    id SERIAL PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES {prefix}author (id) ON DELETE CASCADE,
    title VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    pages INTEGER,
    price NUMERIC(8, 2),
    CONSTRAINT {prefix}book_pages_check CHECK (pages > 0)
);
CREATE INDEX {prefix}book_title ON {prefix}book (title);
