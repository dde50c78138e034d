-- engines: postgresql: only it has a type for it
CREATE TABLE item (id INTEGER PRIMARY KEY, code TEXT);
