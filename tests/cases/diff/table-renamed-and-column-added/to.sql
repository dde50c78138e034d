-- renamed from writer
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
CREATE INDEX author_name_idx ON author (name);
