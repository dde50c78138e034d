-- upgrade
ALTER TABLE "file" ADD COLUMN "mood" ENUM('sad', 'it''s ok', 'happy') NULL;
ALTER TABLE "person" ADD COLUMN "mood" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'happy';
UPDATE file SET mood = 'sad' WHERE id = 1;
-- downgrade
ALTER TABLE "person" DROP COLUMN "mood";
ALTER TABLE "file" DROP COLUMN "mood";
