-- migrate: upgrade

ALTER TYPE mood ADD VALUE 'glad';

-- migrate: downgrade

ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;
