-- drop a column whose foreign key was renamed
--
-- Revision ID: ca5e000000f1
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE {prefix}shelf (
    id SERIAL PRIMARY KEY,
    book_id INTEGER REFERENCES {prefix}book (id),
    room INTEGER
);
ALTER TABLE {prefix}shelf RENAME CONSTRAINT {prefix}shelf_book_id_fkey TO {prefix}shelf_book;
ALTER TABLE {prefix}shelf DROP COLUMN book_id;

-- migrate: downgrade

DROP TABLE {prefix}shelf;
