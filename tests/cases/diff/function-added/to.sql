-- engines: postgresql: functions are written in its own language
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;
