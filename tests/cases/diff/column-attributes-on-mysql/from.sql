-- engines: mysql
CREATE TABLE item (id INTEGER PRIMARY KEY, made DATETIME, name TEXT CHARACTER SET latin1);
