-- engines: postgresql: elsewhere a trigger calls no function
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
