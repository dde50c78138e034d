-- migrate: upgrade

ALTER TYPE mood ADD VALUE 'bored' BEFORE 'sad';
ALTER TYPE mood ADD VALUE 'fine' AFTER 'sad';
ALTER TYPE mood ADD VALUE 'glad';

-- migrate: downgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'sad';
DROP TYPE mood_old;
