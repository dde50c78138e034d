-- engines: postgresql: only PostgreSQL has policies and triggers on columns of a named type
CREATE TYPE mood AS ENUM ('sad', 'glad', 'wild');
CREATE TABLE person (id INTEGER PRIMARY KEY, mood mood NOT NULL);
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY glad ON person USING (mood = 'glad');
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER moods BEFORE UPDATE OF mood ON person FOR EACH ROW EXECUTE FUNCTION noted();
