-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "one_each" UNIQUE ("owner");
ALTER TABLE "file" ADD INDEX "file_owner_fkey" ("owner"), DROP INDEX "one_each";
-- downgrade
