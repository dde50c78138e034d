-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "once_per_owner" UNIQUE ("name", "owner");
ALTER TABLE "file" DROP INDEX "file_name_key";
-- downgrade
ALTER TABLE "file" ADD CONSTRAINT "file_name_key" UNIQUE ("name");
ALTER TABLE "file" DROP INDEX "once_per_owner";
