-- upgrade
ALTER TABLE "file" RENAME COLUMN "note" TO "spare";
ALTER TABLE "file" RENAME COLUMN "name" TO "note";
ALTER TABLE "file" RENAME COLUMN "spare" TO "name";
-- downgrade
ALTER TABLE "file" RENAME COLUMN "name" TO "spare";
ALTER TABLE "file" RENAME COLUMN "note" TO "name";
ALTER TABLE "file" RENAME COLUMN "spare" TO "note";
