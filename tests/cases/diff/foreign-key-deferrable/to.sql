-- engines: postgresql, sqlite: MySQL checks every row at once
CREATE TABLE author (id INTEGER PRIMARY KEY);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED);
