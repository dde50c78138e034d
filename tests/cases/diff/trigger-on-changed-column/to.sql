-- engines: postgresql: elsewhere a trigger calls no function
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := trim(NEW.name); RETURN NEW; END $$;
CREATE TRIGGER tidy_name BEFORE UPDATE OF name ON author FOR EACH ROW EXECUTE FUNCTION tidy();
