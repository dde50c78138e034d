-- engines: postgresql: the others have one way to number rows
CREATE TABLE item (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
