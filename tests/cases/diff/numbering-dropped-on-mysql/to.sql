-- engines: mysql
CREATE TABLE item (id INTEGER NOT NULL PRIMARY KEY);
