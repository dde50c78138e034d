-- no rename: author.name full_name
CREATE TABLE author (id INTEGER PRIMARY KEY, full_name TEXT, age INTEGER);
