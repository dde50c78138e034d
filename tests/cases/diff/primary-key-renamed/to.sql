-- engines: postgresql
CREATE TABLE item (id INTEGER NOT NULL, CONSTRAINT item_identity PRIMARY KEY (id));
