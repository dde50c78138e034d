CREATE TYPE mood AS ENUM ('sad', 'happy', 'glad');
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood);
