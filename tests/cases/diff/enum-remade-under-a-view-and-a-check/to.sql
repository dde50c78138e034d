-- engines: postgresql: only there a type stands by itself under views
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood, CONSTRAINT cheerful CHECK (now <> 'sad'));
CREATE INDEX person_happy ON person (id) WHERE now = 'happy';
CREATE VIEW moods AS SELECT now FROM person;
