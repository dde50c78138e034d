-- engines: mysql: only it has indexes on the first letters
CREATE TABLE item (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX item_a ON item (a(20));
