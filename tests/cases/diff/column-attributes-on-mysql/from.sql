-- engines: mysql: only it has such attributes
CREATE TABLE item (id INTEGER PRIMARY KEY, made DATETIME, sent TIMESTAMP(3) NULL, score FLOAT UNSIGNED, name TEXT CHARACTER SET latin1);
