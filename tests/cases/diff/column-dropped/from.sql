CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, age INTEGER CHECK (age > 0));
CREATE INDEX author_age ON author (age);
