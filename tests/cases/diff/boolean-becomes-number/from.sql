-- engines: postgresql: the others keep a boolean as a number
CREATE TABLE item (id INTEGER PRIMARY KEY, sold BOOLEAN DEFAULT FALSE NOT NULL);
