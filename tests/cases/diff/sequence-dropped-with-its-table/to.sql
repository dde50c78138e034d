-- engines: postgresql
CREATE TABLE planet (id INTEGER PRIMARY KEY);
