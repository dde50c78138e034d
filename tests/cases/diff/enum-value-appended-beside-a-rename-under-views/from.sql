-- engines: postgresql: enumerated types have names there alone
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, now mood);
CREATE TABLE pet (id INTEGER PRIMARY KEY, now mood);
CREATE VIEW moods AS SELECT name, now FROM person;
CREATE VIEW pets AS SELECT now FROM pet;
CREATE VIEW both_moods AS SELECT now FROM pets UNION SELECT now FROM person;
