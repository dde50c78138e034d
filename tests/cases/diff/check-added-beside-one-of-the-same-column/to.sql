CREATE TABLE place (id INTEGER PRIMARY KEY, size INTEGER, CHECK (size < 9), CHECK (size > 0));
