-- engines: mysql: it makes an index for the key and keeps it
CREATE TABLE author (id INTEGER PRIMARY KEY);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER, editor_id INTEGER, CONSTRAINT edited FOREIGN KEY (editor_id) REFERENCES author (id));
