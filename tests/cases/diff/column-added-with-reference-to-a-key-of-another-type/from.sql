-- engines: postgresql: the others keep no order between a key's type and its references
CREATE TABLE author (id INTEGER NOT NULL, CONSTRAINT author_id_key UNIQUE (id));
CREATE TABLE book (title TEXT);
