-- upgrade
CREATE TABLE "numbered" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO numbered (id, name) VALUES (3, 'three');
CREATE TABLE "_migrate_new_numbered" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" TEXT
);
INSERT INTO "_migrate_new_numbered" ("id", "name")
SELECT "id", "name"
FROM "numbered"
ORDER BY rowid;
UPDATE "sqlite_sequence" SET name = 'numbered' WHERE name = '_migrate_new_numbered';
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'numbered' THEN 'CREATE TABLE "numbered" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT
)'
ELSE 'CREATE TABLE "_migrate_new_numbered" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('numbered', '_migrate_new_numbered') AND other.name IN ('numbered', '_migrate_new_numbered') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_numbered";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('numbered') WHERE integrity_check <> 'ok';
INSERT INTO numbered (name) VALUES ('four');
CREATE TABLE "still_empty" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    PRIMARY KEY ("id")
);
CREATE TABLE "_migrate_new_still_empty" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" TEXT
);
INSERT INTO "_migrate_new_still_empty" ("id", "name")
SELECT "id", "name"
FROM "still_empty"
ORDER BY rowid;
UPDATE "sqlite_sequence" SET name = 'still_empty' WHERE name = '_migrate_new_still_empty';
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'still_empty' THEN 'CREATE TABLE "still_empty" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT
)'
ELSE 'CREATE TABLE "_migrate_new_still_empty" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('still_empty', '_migrate_new_still_empty') AND other.name IN ('still_empty', '_migrate_new_still_empty') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_still_empty";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('still_empty') WHERE integrity_check <> 'ok';
INSERT INTO still_empty (name) VALUES ('one');
CREATE TABLE "_migrate_new_numbered" (
    "id" INTEGER,
    "name" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_numbered" ("id", "name")
SELECT "id", "name"
FROM "numbered"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'numbered' THEN 'CREATE TABLE "numbered" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_numbered" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('numbered', '_migrate_new_numbered') AND other.name IN ('numbered', '_migrate_new_numbered') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_numbered";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('numbered') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "numbered";
DROP TABLE "still_empty";
