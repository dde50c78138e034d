CREATE TABLE author (id INTEGER PRIMARY KEY, code TEXT);
COMMENT ON COLUMN author.code IS 'four letters';
