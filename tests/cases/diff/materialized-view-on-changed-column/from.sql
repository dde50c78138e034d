-- engines: postgresql: only it has materialized views
CREATE TABLE author (id INTEGER PRIMARY KEY, name VARCHAR(10));
CREATE MATERIALIZED VIEW names AS SELECT name FROM author;
