-- engines: postgresql: functions are written in its own language
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE OR REPLACE FUNCTION longest() RETURNS bigint LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;
