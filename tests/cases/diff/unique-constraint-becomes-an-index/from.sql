-- engines: postgresql, sqlite
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER UNIQUE);
