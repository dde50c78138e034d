CREATE TABLE writer (id INTEGER PRIMARY KEY, first VARCHAR(40), name VARCHAR(40));
CREATE UNIQUE INDEX writer_names ON writer (name, first);
