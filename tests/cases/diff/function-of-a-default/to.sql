-- engines: postgresql: functions are written in its own language
CREATE FUNCTION dice() RETURNS integer LANGUAGE sql AS $$ SELECT 4 $$;
CREATE TABLE planet (id INTEGER PRIMARY KEY);
CREATE TABLE game (id INTEGER PRIMARY KEY, thrown INTEGER DEFAULT dice());
