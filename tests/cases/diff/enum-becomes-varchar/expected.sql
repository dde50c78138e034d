-- migrate: upgrade

ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE VARCHAR(10);
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'sad';
DROP TYPE mood;

-- migrate: downgrade

CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now DROP DEFAULT;
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::mood;
ALTER TABLE person ALTER COLUMN now SET DEFAULT 'sad';
