-- upgrade
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new',
    "size" INTEGER,
    "note" INTEGER,
    "owner" INTEGER,
    CONSTRAINT "file_name_key" UNIQUE ("name")
);
INSERT INTO "_migrate_new_file" ("id", "name", "size", "note", "owner")
SELECT "id", "name", "size", (CAST(note AS INTEGER)), "owner"
FROM "file"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_file" WHERE (typeof("note") NOT IN ('integer', 'null') OR "note" NOT BETWEEN -2147483648 AND 2147483647);
DROP INDEX "ix_file_size";
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_file';
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_file_' || row_number() OVER (ORDER BY rowid), '_migrate_new_file', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'file';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'file';
UPDATE "sqlite_schema" SET tbl_name = 'file', name = 'sqlite_autoindex_file_' || substr(name, 36)
WHERE type = 'index' AND tbl_name = '_migrate_new_file' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'file' THEN 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "note" INTEGER,
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0)
)'
ELSE 'CREATE TABLE "_migrate_new_file" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_file') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('file', '_migrate_new_file') AND other.name IN ('file', '_migrate_new_file') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_file';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('file') WHERE integrity_check <> 'ok';
CREATE INDEX "ix_file_size" ON "file" ("size");
-- downgrade
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new',
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_name_key" UNIQUE ("name")
);
INSERT INTO "_migrate_new_file" ("id", "name", "size", "note", "owner")
SELECT "id", "name", "size", "note", "owner"
FROM "file"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_file" WHERE length("note") > 200;
DROP INDEX "ix_file_size";
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_file';
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_file_' || row_number() OVER (ORDER BY rowid), '_migrate_new_file', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'file';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'file';
UPDATE "sqlite_schema" SET tbl_name = 'file', name = 'sqlite_autoindex_file_' || substr(name, 36)
WHERE type = 'index' AND tbl_name = '_migrate_new_file' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'file' THEN 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0)
)'
ELSE 'CREATE TABLE "_migrate_new_file" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_file') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('file', '_migrate_new_file') AND other.name IN ('file', '_migrate_new_file') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_file';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('file') WHERE integrity_check <> 'ok';
CREATE INDEX "ix_file_size" ON "file" ("size");
