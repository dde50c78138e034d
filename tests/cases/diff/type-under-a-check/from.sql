-- engines: postgresql
CREATE TABLE item (id INTEGER PRIMARY KEY, size TEXT, CHECK (length(size) > 0));
