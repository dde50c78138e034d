CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT id, name FROM author;
CREATE VIEW short_names AS SELECT name FROM names WHERE length(name) < 5;
