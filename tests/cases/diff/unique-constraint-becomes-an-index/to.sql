-- engines: postgresql, sqlite: on MySQL both are one
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
CREATE UNIQUE INDEX item_a ON item (a);
