-- engines: postgresql
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
