CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
CREATE INDEX item_a_idx ON item (a);
CREATE UNIQUE INDEX item_a_idx1 ON item (a);
