-- migrate: upgrade

DROP VIEW names;
DROP TABLE author;

-- migrate: downgrade

CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT
);

CREATE VIEW names AS
SELECT name FROM author;
