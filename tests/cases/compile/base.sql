-- what every case starts from
--
-- Revision ID: ba5e00000000
-- Revises:
-- Create Date: 2020-01-01 00:00:00

-- migrate: upgrade

CREATE TABLE {prefix}author (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(50) NOT NULL,
    email VARCHAR(80),
    UNIQUE (email)
);
CREATE TABLE {prefix}book (
    id SERIAL PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES {prefix}author (id) ON DELETE CASCADE,
    title VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    pages INTEGER,
    price NUMERIC(8, 2),
    CONSTRAINT {prefix}book_pages_check CHECK (pages > 0)
);
CREATE INDEX {prefix}book_title ON {prefix}book (title);
INSERT INTO {prefix}author (name, email) VALUES ('Ada', 'ada@example.org'), ('Bob', NULL);
INSERT INTO {prefix}book (author_id, title, pages, price) VALUES (1, 'Notes', 12, 3.5);

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY,
    name VARCHAR(50) NOT NULL
);
CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name VARCHAR(50) DEFAULT 'new' NOT NULL,
    size INTEGER,
    note VARCHAR(200),
    owner INTEGER REFERENCES person (id) ON DELETE CASCADE,
    UNIQUE (name),
    CONSTRAINT size_is_positive CHECK (size > 0)
);
CREATE INDEX ix_file_size ON file (size);
INSERT INTO person (id, name) VALUES (1, 'ada'), (2, 'bob');
INSERT INTO file (id, name, size, note, owner) VALUES
    (1, 'one', 10, '1', 1), (2, 'two', 20, '2', 2), (3, 'three', 30, '3', NULL);

-- migrate: downgrade

DROP TABLE file;
DROP TABLE person;
DROP TABLE {prefix}book;
DROP TABLE {prefix}author;
