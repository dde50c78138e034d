CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, mail VARCHAR(20), hair TEXT);
CREATE VIEW names AS SELECT id, name FROM author;
