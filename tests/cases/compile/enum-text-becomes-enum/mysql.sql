-- upgrade
ALTER TABLE "file" ADD COLUMN "state" VARCHAR(20) NULL;
UPDATE file SET state = 'sad';
SELECT count(*), group_concat(DISTINCT quote("state") SEPARATOR ', ') FROM "file" WHERE "state" NOT IN ('sad', 'it''s ok', 'happy');
ALTER TABLE "file" MODIFY COLUMN "state" ENUM('sad', 'it''s ok', 'happy') NULL;
-- downgrade
ALTER TABLE "file" DROP COLUMN "state";
