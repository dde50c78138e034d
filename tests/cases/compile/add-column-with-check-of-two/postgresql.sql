-- upgrade
ALTER TABLE "file" ADD COLUMN "used" INTEGER CHECK (used <= size);
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_check";
ALTER TABLE "file" DROP COLUMN "used";
