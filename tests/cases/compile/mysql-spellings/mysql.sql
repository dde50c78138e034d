-- upgrade
CREATE INDEX "file_note" ON "file" ("note");
CREATE INDEX "file_size_key" ON "file" ("size", "note");
ALTER TABLE "file" RENAME INDEX "file_note" TO "file_note_new";
DROP INDEX "file_note_new" ON "file";
DROP INDEX "file_size_key" ON "file";
ALTER TABLE "person" RENAME TO "people";
ALTER TABLE "p_book" RENAME TO "p_books";
ALTER TABLE "people" RENAME TO "person";
ALTER TABLE "p_books" RENAME TO "p_book";
ALTER TABLE "file" RENAME COLUMN "size" TO "bytes";
ALTER TABLE "file" MODIFY COLUMN "bytes" BIGINT NULL;
ALTER TABLE "file" RENAME COLUMN "note" TO "remark";
ALTER TABLE "file" COMMENT = 'files';
-- downgrade
ALTER TABLE "file" COMMENT = '';
ALTER TABLE "file" RENAME COLUMN "bytes" TO "size";
ALTER TABLE "file" MODIFY COLUMN "size" INTEGER NULL;
ALTER TABLE "file" RENAME COLUMN "remark" TO "note";
