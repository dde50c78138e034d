CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE planet (id INTEGER PRIMARY KEY);
CREATE TABLE person (id INTEGER PRIMARY KEY, now mood);
