CREATE TABLE writer (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX writer_name_idx ON writer (name);
