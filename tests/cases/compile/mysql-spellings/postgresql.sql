-- upgrade
CREATE INDEX "file_note" ON "file" ("note");
CREATE INDEX "file_size_key" ON "file" ("size", "note");
ALTER INDEX "file_note" RENAME TO "file_note_new";
DROP INDEX "file_note_new";
DROP INDEX "file_size_key";
ALTER TABLE "person" RENAME TO "people";
ALTER TABLE "p_book" RENAME TO "p_books";
ALTER TABLE "people" RENAME TO "person";
ALTER TABLE "p_books" RENAME TO "p_book";
ALTER TABLE "file" RENAME COLUMN "size" TO "bytes";
ALTER TABLE "file" ALTER COLUMN "bytes" TYPE BIGINT;
ALTER TABLE "file" ALTER COLUMN "bytes" DROP NOT NULL;
ALTER TABLE "file" ALTER COLUMN "bytes" DROP DEFAULT;
ALTER TABLE "file" RENAME COLUMN "note" TO "remark";
ALTER TABLE "file" ALTER COLUMN "remark" TYPE VARCHAR(200);
ALTER TABLE "file" ALTER COLUMN "remark" DROP NOT NULL;
ALTER TABLE "file" ALTER COLUMN "remark" DROP DEFAULT;
COMMENT ON TABLE "file" IS 'files';
-- downgrade
COMMENT ON TABLE "file" IS NULL;
ALTER TABLE "file" RENAME COLUMN "bytes" TO "size";
ALTER TABLE "file" ALTER COLUMN "size" TYPE INTEGER;
ALTER TABLE "file" ALTER COLUMN "size" DROP NOT NULL;
ALTER TABLE "file" ALTER COLUMN "size" DROP DEFAULT;
ALTER TABLE "file" RENAME COLUMN "remark" TO "note";
ALTER TABLE "file" ALTER COLUMN "note" TYPE VARCHAR(200);
ALTER TABLE "file" ALTER COLUMN "note" DROP NOT NULL;
ALTER TABLE "file" ALTER COLUMN "note" DROP DEFAULT;
