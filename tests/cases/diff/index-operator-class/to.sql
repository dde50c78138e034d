-- engines: postgresql: only it has operator classes
CREATE TABLE item (id INTEGER PRIMARY KEY, a TEXT);
CREATE INDEX item_a ON item (a text_pattern_ops);
