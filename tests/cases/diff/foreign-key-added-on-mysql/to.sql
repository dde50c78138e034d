-- engines: mysql: it makes an index for the key and keeps it
CREATE TABLE author (id INTEGER PRIMARY KEY);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id), editor_id INTEGER);
CREATE INDEX editors ON book (editor_id);
