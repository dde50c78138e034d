-- engines: postgresql: only it knows NOT VALID
CREATE TABLE author (id INTEGER PRIMARY KEY);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER);
