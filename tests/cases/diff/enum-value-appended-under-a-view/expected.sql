-- migrate: upgrade

ALTER TYPE mood ADD VALUE 'glad';

-- migrate: downgrade

DROP VIEW moods;
ALTER TABLE person DROP CONSTRAINT cheerful;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;
ALTER TABLE person ADD CONSTRAINT cheerful CHECK (now <> 'sad');

CREATE VIEW moods AS
SELECT now FROM person;
