-- engines: mysql: numbering is its own there
CREATE TABLE item (id INTEGER NOT NULL PRIMARY KEY);
