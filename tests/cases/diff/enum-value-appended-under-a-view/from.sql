-- engines: postgresql: only there a type stands by itself under views
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood, CONSTRAINT cheerful CHECK (now <> 'sad'));
CREATE VIEW moods AS SELECT now FROM person;
