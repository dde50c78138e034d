-- renamed from writer
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id));
CREATE VIEW names AS SELECT name FROM author;
