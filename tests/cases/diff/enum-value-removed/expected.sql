-- migrate: upgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'sad';
ALTER TABLE person ALTER COLUMN was TYPE mood USING "was"::text::mood;
DROP TYPE mood_old;

-- migrate: downgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'bored', 'happy');
ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'bored';
ALTER TABLE person ALTER COLUMN was TYPE mood USING "was"::text::mood;
DROP TYPE mood_old;
