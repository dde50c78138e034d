-- migrate: upgrade

ALTER TYPE mood ADD VALUE 'wild';

-- migrate: downgrade

DROP TRIGGER "moods" ON "person";
DROP POLICY "glad" ON "person";
ALTER TYPE mood RENAME TO mood_old;
CREATE TYPE mood AS ENUM ('sad', 'glad');
ALTER TABLE person ALTER COLUMN mood TYPE mood USING "mood"::text::mood;
DROP TYPE mood_old;
CREATE POLICY glad ON person USING (mood = 'glad');
CREATE TRIGGER moods BEFORE UPDATE OF mood ON person FOR EACH ROW EXECUTE FUNCTION noted();
