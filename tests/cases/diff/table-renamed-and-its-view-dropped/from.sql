CREATE TABLE writer (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT upper(name) AS loud FROM writer WHERE name <> 'x';
