-- engines: postgresql: functions are written in its own language
CREATE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
