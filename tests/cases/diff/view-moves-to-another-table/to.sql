CREATE TABLE invoice (number VARCHAR(20) PRIMARY KEY, amount INTEGER, name VARCHAR(20));
CREATE VIEW names AS SELECT name FROM invoice;
