-- engines: postgresql: the options are its own
CREATE TABLE item (id INTEGER PRIMARY KEY) WITH (fillfactor = 70, autovacuum_enabled = false);
