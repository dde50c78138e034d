-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
ALTER TABLE "file" ADD COLUMN "state" VARCHAR(20);
UPDATE file SET state = 'sad';
ALTER TABLE "file" ALTER COLUMN "state" TYPE mood USING state::mood;
-- downgrade
ALTER TABLE "file" DROP COLUMN "state";
DROP TYPE "mood";
