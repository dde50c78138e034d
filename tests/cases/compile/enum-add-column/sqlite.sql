-- upgrade
ALTER TABLE "file" ADD COLUMN "mood" TEXT CONSTRAINT "file_mood_enum" CHECK ("mood" IN ('sad', 'it''s ok', 'happy'));
ALTER TABLE "person" ADD COLUMN "mood" TEXT DEFAULT 'happy' NOT NULL CONSTRAINT "person_mood_enum" CHECK ("mood" IN ('sad', 'it''s ok', 'happy'));
UPDATE file SET mood = 'sad' WHERE id = 1;
-- downgrade
CREATE TABLE "_migrate_new_person" (
    "id" INTEGER,
    "name" VARCHAR(50),
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_person" ("id", "name")
SELECT "id", "name"
FROM "person"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'person' THEN 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_person" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('person', '_migrate_new_person') AND other.name IN ('person', '_migrate_new_person') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
ALTER TABLE "_migrate_new_person" RENAME TO "_migrate_old_person";
DROP TABLE "_migrate_old_person";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('person') WHERE integrity_check <> 'ok';
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
