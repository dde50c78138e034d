CREATE TABLE node (id INTEGER PRIMARY KEY, code TEXT, parent TEXT);
CREATE UNIQUE INDEX node_code ON node (code);
ALTER TABLE node ADD FOREIGN KEY (parent) REFERENCES node (code);
