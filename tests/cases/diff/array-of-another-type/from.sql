-- engines: postgresql: only it has arrays
CREATE TABLE item (id INTEGER PRIMARY KEY, numbers INTEGER[]);
