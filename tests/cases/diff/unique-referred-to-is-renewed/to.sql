-- engines: postgresql: elsewhere a key may refer to either
CREATE TABLE author (id INTEGER PRIMARY KEY, code TEXT);
CREATE UNIQUE INDEX author_code ON author (code);
CREATE TABLE book (id INTEGER PRIMARY KEY, author TEXT REFERENCES author (code));
