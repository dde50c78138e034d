-- engines: postgresql: the cast in the check is its own
CREATE TABLE item (id INTEGER PRIMARY KEY, size TEXT, CHECK (length(size) > 0));
