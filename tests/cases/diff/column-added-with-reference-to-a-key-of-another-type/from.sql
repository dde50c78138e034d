-- engines: postgresql
CREATE TABLE author (id INTEGER NOT NULL, CONSTRAINT author_id_key UNIQUE (id));
CREATE TABLE book (title TEXT);
