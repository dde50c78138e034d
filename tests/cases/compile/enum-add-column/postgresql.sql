-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
ALTER TABLE "file" ADD COLUMN "mood" mood;
ALTER TABLE "person" ADD COLUMN "mood" mood DEFAULT 'happy' NOT NULL;
UPDATE file SET mood = 'sad' WHERE id = 1;
-- downgrade
ALTER TABLE "person" DROP COLUMN "mood";
ALTER TABLE "file" DROP COLUMN "mood";
DROP TYPE "mood";
