-- engines: sqlite: the options are its own
CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE tag (word TEXT NOT NULL PRIMARY KEY, place INTEGER);
