-- migrate: upgrade

CREATE TABLE invoice (
    number VARCHAR(20) PRIMARY KEY,
    amount NUMERIC(10, 2),
    paid BOOLEAN
);

DROP TABLE writer;

-- migrate: downgrade

CREATE TABLE writer (
    id INTEGER PRIMARY KEY,
    name VARCHAR(20),
    age INTEGER
);

DROP TABLE invoice;
