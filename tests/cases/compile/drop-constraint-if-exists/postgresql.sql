-- upgrade
ALTER TABLE "file" DROP CONSTRAINT IF EXISTS "nowhere";
ALTER TABLE "file" DROP CONSTRAINT IF EXISTS "size_is_positive";
-- downgrade
ALTER TABLE "file" ADD CONSTRAINT "size_is_positive" CHECK (size > 0);
