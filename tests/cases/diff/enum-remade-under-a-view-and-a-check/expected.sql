-- migrate: upgrade

ALTER TABLE person DROP CONSTRAINT cheerful;
DROP INDEX person_happy ON person;
DROP VIEW moods;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;
ALTER TABLE person ADD CONSTRAINT cheerful CHECK (now <> 'sad');
CREATE INDEX person_happy ON person (id) WHERE now = 'happy';

CREATE VIEW moods AS
SELECT now FROM person;

-- migrate: downgrade

DROP VIEW moods;
DROP INDEX person_happy ON person;
ALTER TABLE person DROP CONSTRAINT cheerful;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'bored', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;

CREATE VIEW moods AS
SELECT now FROM person;

CREATE INDEX person_happy ON person (id) WHERE now = 'happy';
ALTER TABLE person ADD CONSTRAINT cheerful CHECK (now <> 'sad');
