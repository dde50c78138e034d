-- upgrade
SELECT count(*), NULL FROM (SELECT "name" FROM "person" WHERE "name" IS NOT NULL GROUP BY "name" HAVING count(*) > 1);
CREATE TABLE "_migrate_new_person" (
    "id" INTEGER,
    "name" VARCHAR(50),
    PRIMARY KEY ("id"),
    CONSTRAINT "person_name_key" UNIQUE ("name")
);
INSERT INTO "_migrate_new_person" ("id", "name")
SELECT "id", "name"
FROM "person"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_person" WHERE NOT (name <> '');
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_person" WHERE NOT (id > 0);
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_person_' || row_number() OVER (ORDER BY rowid), '_migrate_new_person', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'person';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'person';
UPDATE "sqlite_schema" SET tbl_name = 'person', name = 'sqlite_autoindex_person_' || substr(name, 38)
WHERE type = 'index' AND tbl_name = '_migrate_new_person' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'person' THEN 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "person_name_key" UNIQUE ("name"),
    CONSTRAINT "name_not_blank" CHECK (name <> ''''),
    CONSTRAINT "person_id_check" CHECK (id > 0)
)'
ELSE 'CREATE TABLE "_migrate_new_person" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_person') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('person', '_migrate_new_person') AND other.name IN ('person', '_migrate_new_person') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_person';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_person";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('person') WHERE integrity_check <> 'ok';
ALTER TABLE "file" ADD COLUMN "author" INTEGER;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT ''new'' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    "author" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0),
    CONSTRAINT "file_author_fkey" FOREIGN KEY ("author") REFERENCES "person" ("id")
)'
WHERE type = 'table' AND name = 'file';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_file" ("x");
DROP TABLE "_migrate_new_file";
SELECT count(*), group_concat("rowid", ', ') FROM pragma_foreign_key_check('file') WHERE fkid = 0;
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
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_person_' || row_number() OVER (ORDER BY rowid), '_migrate_new_person', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'person';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'person';
UPDATE "sqlite_schema" SET tbl_name = 'person', name = 'sqlite_autoindex_person_' || substr(name, 38)
WHERE type = 'index' AND tbl_name = '_migrate_new_person' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'person' THEN 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_person" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_person') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('person', '_migrate_new_person') AND other.name IN ('person', '_migrate_new_person') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_person';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_person";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('person') WHERE integrity_check <> 'ok';
