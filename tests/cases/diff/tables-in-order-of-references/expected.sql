-- migrate: upgrade

CREATE TABLE page (
    id INTEGER PRIMARY KEY
);

CREATE TABLE author (
    id INTEGER PRIMARY KEY
);

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    author_id INTEGER REFERENCES author (id),
    first_page INTEGER REFERENCES page (id)
);

-- migrate: downgrade

DROP TABLE book;
DROP TABLE author;
DROP TABLE page;
