CREATE TYPE mood AS ENUM ('bored', 'sad', 'fine', 'happy', 'glad');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood DEFAULT 'sad' NOT NULL);
