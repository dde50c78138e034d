-- create table constraints
--
-- Revision ID: ca5e00000002
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE {prefix}edition (
    book_id INTEGER NOT NULL REFERENCES {prefix}book (id) ON UPDATE CASCADE ON DELETE CASCADE,
    number INTEGER NOT NULL,
    isbn CHAR(13) UNIQUE,
    year INTEGER CHECK (year > 1400),
    previous INTEGER,
    PRIMARY KEY (book_id, number),
    CONSTRAINT {prefix}edition_previous FOREIGN KEY (book_id, previous) REFERENCES {prefix}edition (book_id, number),
    CONSTRAINT {prefix}edition_order CHECK (previous IS NULL OR previous < number),
    UNIQUE (isbn, year)
);

-- migrate: downgrade

DROP TABLE {prefix}edition;
