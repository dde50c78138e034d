CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT upper(name) AS loud FROM author WHERE name <> 'x';
