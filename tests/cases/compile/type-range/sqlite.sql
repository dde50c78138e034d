-- upgrade
-- error: revision `ca5e00000368` cannot add column `file.during`
-- caused by: sqlite cannot keep column `during` of type `tstzrange`
-- hint: use two columns, for the beginning and the end, or write it under `-- migrate: only postgresql`
-- downgrade
ALTER TABLE "file" DROP COLUMN "during";
