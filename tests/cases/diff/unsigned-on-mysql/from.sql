-- engines: mysql: only it has numbers without a sign
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER);
