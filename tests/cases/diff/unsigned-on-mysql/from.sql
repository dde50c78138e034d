-- engines: mysql
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
