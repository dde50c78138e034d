-- engines: postgresql: SQLite and MySQL have no sequences
CREATE TABLE item (id INTEGER PRIMARY KEY);
