CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood DEFAULT 'sad');
