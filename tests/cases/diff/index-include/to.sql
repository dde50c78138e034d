-- engines: postgresql: only it knows INCLUDE
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER);
CREATE INDEX item_a ON item (a) INCLUDE (b);
