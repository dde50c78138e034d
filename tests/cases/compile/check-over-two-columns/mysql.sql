-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "size_or_note" CHECK (size IS NOT NULL OR note IS NOT NULL);
ALTER TABLE "file" MODIFY COLUMN "note" LONGTEXT NULL;
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL;
ALTER TABLE "file" DROP CONSTRAINT "size_or_note";
