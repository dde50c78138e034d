-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "one_each" UNIQUE ("owner");
ALTER TABLE "file" DROP CONSTRAINT "one_each";
-- downgrade
