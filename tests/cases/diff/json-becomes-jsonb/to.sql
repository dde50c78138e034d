-- engines: postgresql: the others have one kind of JSON
CREATE TABLE item (id INTEGER PRIMARY KEY, data JSONB);
