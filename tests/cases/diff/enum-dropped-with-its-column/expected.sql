-- migrate: upgrade

ALTER TABLE person DROP COLUMN now;
DROP TYPE mood;

-- migrate: downgrade

CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ADD COLUMN now mood DEFAULT 'sad' NOT NULL;
