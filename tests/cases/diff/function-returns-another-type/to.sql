-- engines: postgresql
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE OR REPLACE FUNCTION longest() RETURNS bigint LANGUAGE sql AS $$ SELECT max(length(name)) FROM author $$;
