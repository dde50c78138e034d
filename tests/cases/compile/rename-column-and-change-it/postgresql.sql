-- upgrade
ALTER TABLE "file" RENAME COLUMN "note" TO "remark";
ALTER TABLE "file" ALTER COLUMN "remark" TYPE TEXT;
-- downgrade
ALTER TABLE "file" ALTER COLUMN "remark" TYPE VARCHAR(200);
ALTER TABLE "file" RENAME COLUMN "remark" TO "note";
