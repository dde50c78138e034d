-- upgrade
ALTER TABLE "file" RENAME COLUMN "note" TO "remark";
ALTER TABLE "file" MODIFY COLUMN "remark" LONGTEXT NULL;
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "remark" VARCHAR(200) NULL;
ALTER TABLE "file" RENAME COLUMN "remark" TO "note";
