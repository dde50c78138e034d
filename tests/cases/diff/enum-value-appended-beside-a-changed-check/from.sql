-- engines: postgresql: enumerated types have names there alone
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood, CONSTRAINT cheerful CHECK (now <> 'sad'::mood));
CREATE INDEX happy_people ON person (id) WHERE now = 'happy'::mood;
