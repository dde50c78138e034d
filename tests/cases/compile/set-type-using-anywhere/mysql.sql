-- upgrade
-- error: revision `ca5e00000138` cannot change type of column `file.note`
-- caused by: mysql cannot convert the values of `note` with USING CAST(note AS INTEGER)
-- hint: convert them with an UPDATE and change the type, under `-- migrate: only mysql`
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL;
