-- migrate: upgrade

DROP VIEW moods;
DROP VIEW both_moods;
ALTER TABLE person RENAME COLUMN name TO full_name;
ALTER TYPE mood ADD VALUE 'glad';

CREATE VIEW moods AS
SELECT full_name AS name, now FROM person;

CREATE VIEW both_moods AS
SELECT now FROM pets UNION ALL SELECT now FROM person;

-- migrate: downgrade

DROP VIEW both_moods;
DROP VIEW moods;
DROP VIEW pets;
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'happy');
ALTER TABLE person ALTER COLUMN now TYPE mood USING "now"::text::mood;
ALTER TABLE pet ALTER COLUMN now TYPE mood USING "now"::text::mood;
DROP TYPE mood_old;

CREATE VIEW pets AS
SELECT now FROM pet;

ALTER TABLE person RENAME COLUMN full_name TO name;

CREATE VIEW both_moods AS
SELECT now FROM pets UNION SELECT now FROM person;

CREATE VIEW moods AS
SELECT name, now FROM person;
