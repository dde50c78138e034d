-- engines: postgresql
CREATE TABLE item (id INTEGER NOT NULL, CONSTRAINT item_key PRIMARY KEY (id));
