-- upgrade
ALTER TABLE "file" ADD COLUMN "doc" JSON NULL;
UPDATE file SET doc = '{}';
SELECT count(*), NULL FROM "file" WHERE "doc" IS NULL;
ALTER TABLE "file" MODIFY COLUMN "doc" JSON NOT NULL;
-- downgrade
ALTER TABLE "file" DROP COLUMN "doc";
