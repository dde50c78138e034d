-- upgrade
ALTER TABLE "file" MODIFY COLUMN "size" BIGINT NULL;
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "size" INTEGER NULL;
