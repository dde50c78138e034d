CREATE TYPE mood AS ENUM ('sad', 'bored', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood DEFAULT 'bored' NOT NULL, was mood);
