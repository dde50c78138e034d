-- engines: postgresql: collations have other names elsewhere
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
