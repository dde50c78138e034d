-- upgrade
ALTER TABLE "file" ADD COLUMN "state" VARCHAR(20);
UPDATE file SET state = 'sad';
SELECT count(*), replace(group_concat(DISTINCT quote("state")), ''',''', ''', ''') FROM "file" WHERE "state" NOT IN ('sad', 'it''s ok', 'happy');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    "state" TEXT,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0),
    CONSTRAINT "file_state_enum" CHECK ("state" IN (''sad'', ''it''''s ok'', ''happy''))
)'
WHERE type = 'table' AND name = 'file';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_file" ("x");
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('file') WHERE quick_check <> 'ok';
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
ALTER TABLE "_migrate_new_file" RENAME TO "_migrate_old_file";
DROP TABLE "_migrate_old_file";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('file') WHERE integrity_check <> 'ok';
CREATE INDEX "ix_file_size" ON "file" ("size");
