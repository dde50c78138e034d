-- engines: postgresql
CREATE TABLE author (id INTEGER PRIMARY KEY);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER);
