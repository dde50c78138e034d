-- engines: postgresql
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood, CONSTRAINT cheerful CHECK (now <> 'sad'));
CREATE VIEW moods AS SELECT now FROM person;
