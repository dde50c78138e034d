CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
COMMENT ON COLUMN author.name IS 'as on the cover';
