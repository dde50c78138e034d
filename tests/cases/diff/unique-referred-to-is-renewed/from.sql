-- engines: postgresql: elsewhere a key may refer to either
CREATE TABLE author (id INTEGER PRIMARY KEY, code TEXT, UNIQUE (code));
CREATE TABLE book (id INTEGER PRIMARY KEY, author TEXT REFERENCES author (code));
