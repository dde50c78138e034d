-- upgrade
SELECT count(*), group_concat(rowid, ', ') FROM "file" WHERE NOT (size IS NOT NULL OR note IS NOT NULL);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "note" TEXT,
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0),
    CONSTRAINT "size_or_note" CHECK (size IS NOT NULL OR note IS NOT NULL)
)'
WHERE type = 'table' AND name = 'file';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_file" ("x");
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('file') WHERE quick_check <> 'ok';
-- downgrade
SELECT count(*), group_concat(rowid, ', ') FROM "file" WHERE length("note") > 200;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0)
)'
WHERE type = 'table' AND name = 'file';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_file" ("x");
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('file') WHERE quick_check <> 'ok';
