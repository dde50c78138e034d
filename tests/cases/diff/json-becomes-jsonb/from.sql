-- engines: postgresql
CREATE TABLE item (id INTEGER PRIMARY KEY, data JSON);
