CREATE TYPE mood AS ENUM ('sad', 'good');
CREATE TYPE size AS ENUM ('good', 'big');
CREATE TABLE item (id INTEGER PRIMARY KEY, one size DEFAULT 'good' NOT NULL, two mood);
