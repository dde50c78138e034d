-- migrate: upgrade

DROP TABLE book;

-- migrate: downgrade

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author (id) ON DELETE CASCADE,
    title VARCHAR(100) DEFAULT 'untitled' NOT NULL
);

CREATE INDEX book_title ON book (title);
