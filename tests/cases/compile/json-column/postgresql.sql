-- upgrade
ALTER TABLE "file" ADD COLUMN "doc" JSONB;
UPDATE file SET doc = CAST('{}' AS JSONB);
ALTER TABLE "file" ALTER COLUMN "doc" SET NOT NULL;
-- downgrade
ALTER TABLE "file" DROP COLUMN "doc";
