-- engines: postgresql: the others have one kind of index
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
CREATE INDEX item_a ON item (a);
