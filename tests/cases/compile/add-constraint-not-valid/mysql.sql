-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "size_limit" CHECK (size < 1000);
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "size_limit";
