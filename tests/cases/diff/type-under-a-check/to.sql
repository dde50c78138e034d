-- engines: postgresql
CREATE TABLE item (id INTEGER PRIMARY KEY, size INTEGER, CHECK (size > 0));
