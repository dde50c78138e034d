-- no rename: writer author
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
