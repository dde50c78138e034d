-- engines: postgresql: SQLite and MySQL have no sequences
CREATE TABLE planet (id INTEGER PRIMARY KEY);
