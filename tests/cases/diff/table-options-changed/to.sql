-- engines: postgresql
CREATE TABLE item (id INTEGER PRIMARY KEY) WITH (fillfactor = 80);
