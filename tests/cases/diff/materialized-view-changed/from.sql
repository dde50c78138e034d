-- engines: postgresql: only it has materialized views
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE MATERIALIZED VIEW names AS SELECT name FROM author;
