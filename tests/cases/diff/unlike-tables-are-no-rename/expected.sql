-- migrate: upgrade

CREATE TABLE invoice (
    number TEXT PRIMARY KEY,
    amount NUMERIC(10, 2),
    paid BOOLEAN
);

DROP TABLE writer;

-- migrate: downgrade

CREATE TABLE writer (
    id INTEGER PRIMARY KEY,
    name TEXT,
    age INTEGER
);

DROP TABLE invoice;
