-- engines: sqlite
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
