CREATE TABLE author (
    -- renamed from id
    number INTEGER PRIMARY KEY
);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (number));
