-- upgrade
ALTER TABLE "file" ADD COLUMN "state" VARCHAR(20) NULL;
UPDATE file SET state = 'sad';
ALTER TABLE "file" MODIFY COLUMN "state" ENUM('sad', 'it''s ok', 'happy') NULL;
-- downgrade
ALTER TABLE "file" DROP COLUMN "state";
