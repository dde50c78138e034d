-- engines: postgresql: functions are written in its own language
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE OR REPLACE FUNCTION longest() RETURNS integer LANGUAGE sql AS $$ SELECT min(length(name)) FROM author $$;
