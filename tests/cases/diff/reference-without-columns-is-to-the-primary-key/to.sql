-- engines: postgresql, sqlite: MySQL must be told the columns that are referred to
CREATE TABLE author (id INTEGER PRIMARY KEY);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author);
