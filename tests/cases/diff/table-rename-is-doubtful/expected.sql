-- is `writer` now `author`?

-- migrate: upgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT,
    age INTEGER
);

DROP TABLE writer;

-- migrate: downgrade

CREATE TABLE writer (
    id INTEGER PRIMARY KEY,
    name TEXT,
    age INTEGER
);

DROP TABLE author;
