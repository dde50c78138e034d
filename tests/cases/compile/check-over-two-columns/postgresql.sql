-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "size_or_note" CHECK (size IS NOT NULL OR note IS NOT NULL);
ALTER TABLE "file" ALTER COLUMN "note" TYPE TEXT;
-- downgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE VARCHAR(200);
ALTER TABLE "file" DROP CONSTRAINT "size_or_note";
