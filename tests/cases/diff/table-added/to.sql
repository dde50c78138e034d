CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author (id) ON DELETE CASCADE,
    title VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    pages INTEGER CHECK (pages > 0)
);
CREATE INDEX book_title ON book (title);
