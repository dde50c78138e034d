-- renamed from writer
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
