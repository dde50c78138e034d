-- engines: postgresql: only it knows NULLS FIRST
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
CREATE INDEX item_a ON item (a NULLS FIRST);
