-- migrate: upgrade

CREATE TABLE invoice (
    number VARCHAR(20) PRIMARY KEY,
    amount INTEGER,
    name VARCHAR(20)
);

DROP VIEW names;

CREATE VIEW names AS
SELECT name FROM invoice;

DROP TABLE author;

-- migrate: downgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name VARCHAR(20)
);

DROP VIEW names;

CREATE VIEW names AS
SELECT name FROM author;

DROP TABLE invoice;
