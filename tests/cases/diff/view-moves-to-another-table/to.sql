CREATE TABLE invoice (number TEXT PRIMARY KEY, amount INTEGER, name TEXT);
CREATE VIEW names AS SELECT name FROM invoice;
