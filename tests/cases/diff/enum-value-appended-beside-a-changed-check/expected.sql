-- migrate: upgrade

ALTER TABLE person DROP CONSTRAINT cheerful;
DROP INDEX happy_people ON person;
ALTER TYPE mood ADD VALUE 'glad';
ALTER TABLE person ADD CONSTRAINT cheerful CHECK (now = 'happy'::mood);
CREATE INDEX happy_people ON person (id) WHERE now <> 'sad'::mood;

-- migrate: downgrade

DROP INDEX happy_people ON person;
ALTER TABLE person DROP CONSTRAINT cheerful;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;
CREATE INDEX happy_people ON person (id) WHERE now = 'happy'::mood;
ALTER TABLE person ADD CONSTRAINT cheerful CHECK (now <> 'sad'::mood);
