-- engines: postgresql: elsewhere a trigger calls no function
CREATE TABLE planet (id INTEGER PRIMARY KEY);
