-- migrate: upgrade

CREATE TABLE invoice (
    number TEXT PRIMARY KEY,
    amount INTEGER,
    name TEXT
);

DROP VIEW names;

CREATE VIEW names AS
SELECT name FROM invoice;

DROP TABLE author;

-- migrate: downgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT
);

DROP VIEW names;

CREATE VIEW names AS
SELECT name FROM author;

DROP TABLE invoice;
