-- upgrade
ALTER TABLE "file" ADD COLUMN "mimetype" VARCHAR(100) NULL, ADD CONSTRAINT "file_mimetype_key" UNIQUE ("mimetype");
-- downgrade
ALTER TABLE "file" DROP INDEX "file_mimetype_key", DROP COLUMN "mimetype";
