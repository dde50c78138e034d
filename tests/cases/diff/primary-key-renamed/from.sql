-- engines: postgresql: MySQL keeps no name of a primary key, SQLite makes the table anew
CREATE TABLE item (id INTEGER NOT NULL, CONSTRAINT item_key PRIMARY KEY (id));
