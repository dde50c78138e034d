-- engines: postgresql
CREATE TABLE item (id INTEGER PRIMARY KEY, sold INTEGER DEFAULT 0 NOT NULL);
