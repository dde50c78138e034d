-- migrate: upgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN moods TYPE mood[] USING "moods"::text[]::mood[];
DROP TYPE mood_old;

-- migrate: downgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'bored', 'happy');
ALTER TABLE person ALTER COLUMN moods TYPE mood[] USING "moods"::text[]::mood[];
DROP TYPE mood_old;
