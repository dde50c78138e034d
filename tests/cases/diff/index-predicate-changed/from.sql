-- engines: postgresql, sqlite: MySQL has no partial indexes
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
CREATE INDEX item_a ON item (a) WHERE a > 0;
