-- upgrade
-- error: revision `ca5e00000375` cannot change type of column `file.note`
-- caused by: mysql cannot keep column `note` of type `name`
-- hint: use TEXT, or write it under `-- migrate: only postgresql`
-- downgrade
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL;
