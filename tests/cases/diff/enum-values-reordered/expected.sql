-- migrate: upgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('happy', 'sad');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;

-- migrate: downgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;
