-- upgrade
ALTER TABLE "file" RENAME COLUMN "size" TO "bytes";
ALTER TABLE "file" MODIFY COLUMN "bytes" BIGINT NULL DEFAULT 1;
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "bytes" INTEGER NULL;
ALTER TABLE "file" RENAME COLUMN "bytes" TO "size";
