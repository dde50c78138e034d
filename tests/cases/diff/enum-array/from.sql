-- engines: postgresql: only it has arrays
CREATE TYPE mood AS ENUM ('sad', 'bored', 'happy');
CREATE TABLE person (id INTEGER PRIMARY KEY, moods mood[]);
