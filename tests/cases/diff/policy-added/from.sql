-- engines: postgresql: only it has policies
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
