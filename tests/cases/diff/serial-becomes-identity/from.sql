-- engines: postgresql: the others have one way to number rows
CREATE TABLE item (id SERIAL PRIMARY KEY);
