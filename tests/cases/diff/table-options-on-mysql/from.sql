-- engines: mysql: the options are its own
CREATE TABLE item (id INTEGER PRIMARY KEY) ENGINE=MyISAM;
