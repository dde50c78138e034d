-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "size_limit" CHECK (size < 1000) NOT VALID;
ALTER TABLE "file" VALIDATE CONSTRAINT "size_limit";
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "size_limit" CASCADE;
