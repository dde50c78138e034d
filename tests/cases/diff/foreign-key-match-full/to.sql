-- engines: postgresql: only it knows MATCH FULL
CREATE TABLE place (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
CREATE TABLE book (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES place (a, b) MATCH FULL);
