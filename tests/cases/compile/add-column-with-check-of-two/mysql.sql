-- upgrade
ALTER TABLE "file" ADD COLUMN "used" INTEGER NULL, ADD CONSTRAINT "file_check" CHECK (used <= size);
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_check";
ALTER TABLE "file" DROP COLUMN "used";
