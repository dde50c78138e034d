-- upgrade
CREATE INDEX "file_note" ON "file" ("note");
CREATE INDEX "file_size_key" ON "file" ("size", "note");
DROP INDEX "file_note";
CREATE INDEX "file_note_new" ON "file" ("note");
DROP INDEX "file_note_new";
DROP INDEX "file_size_key";
ALTER TABLE "person" RENAME TO "people";
ALTER TABLE "p_book" RENAME TO "p_books";
ALTER TABLE "people" RENAME TO "person";
ALTER TABLE "p_books" RENAME TO "p_book";
ALTER TABLE "file" RENAME COLUMN "size" TO "bytes";
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "bytes" BIGINT,
    "note" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK ("bytes" > 0)
)'
WHERE type = 'table' AND name = 'file';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_file" ("x");
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('file') WHERE quick_check <> 'ok';
ALTER TABLE "file" RENAME COLUMN "note" TO "remark";
-- downgrade
ALTER TABLE "file" RENAME COLUMN "bytes" TO "size";
SELECT count(*), group_concat(rowid, ', ') FROM "file" WHERE (typeof("size") NOT IN ('integer', 'null') OR "size" NOT BETWEEN -2147483648 AND 2147483647);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "remark" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK ("size" > 0)
)'
WHERE type = 'table' AND name = 'file';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_file" ("x");
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('file') WHERE quick_check <> 'ok';
ALTER TABLE "file" RENAME COLUMN "remark" TO "note";
