-- migrate: upgrade

DROP TABLE page;
DROP TABLE book;
DROP TABLE author;

-- migrate: downgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY
);

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    author_id INTEGER REFERENCES author (id)
);

CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    book_id INTEGER REFERENCES book (id)
);
