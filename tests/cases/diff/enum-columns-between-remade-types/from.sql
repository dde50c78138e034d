CREATE TYPE mood AS ENUM ('sad', 'good', 'odd');
CREATE TYPE size AS ENUM ('good', 'odd', 'big');
CREATE TABLE item (id INTEGER PRIMARY KEY, one mood DEFAULT 'odd' NOT NULL, two size);
