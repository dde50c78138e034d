-- migrate: upgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy', 'glad');
ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'glad';
DROP TYPE mood_old;

-- migrate: downgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'sad';
DROP TYPE mood_old;
