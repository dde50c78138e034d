CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''));
CREATE INDEX author_names ON author (name);
