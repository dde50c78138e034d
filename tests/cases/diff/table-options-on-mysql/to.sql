-- engines: mysql
CREATE TABLE item (id INTEGER PRIMARY KEY) ENGINE=InnoDB;
