-- engines: postgresql: functions are written in its own language
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n * 2 $$;
