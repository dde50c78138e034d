-- engines: postgresql: only it has keys that wait
CREATE TABLE item (id INTEGER PRIMARY KEY, a INTEGER, UNIQUE (a) DEFERRABLE INITIALLY DEFERRED);
