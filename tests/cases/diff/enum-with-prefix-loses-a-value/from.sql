CREATE TYPE {prefix}mood AS ENUM ('sad', 'happy');
CREATE TABLE {prefix}person (id INTEGER PRIMARY KEY, now {prefix}mood);
