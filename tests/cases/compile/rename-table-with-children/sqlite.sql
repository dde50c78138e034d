-- upgrade
ALTER TABLE "person" RENAME TO "people";
SELECT count(*), group_concat(rowid, ', ') FROM "people" WHERE "name" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "people" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'people';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_people" ("x");
DROP TABLE "_migrate_new_people";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('people') WHERE quick_check <> 'ok';
-- downgrade
SELECT count(*), group_concat(rowid, ', ') FROM "people" WHERE "name" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "people" WHERE length("name") > 50;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "people" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'people';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_people" ("x");
DROP TABLE "_migrate_new_people";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('people') WHERE quick_check <> 'ok';
ALTER TABLE "people" RENAME TO "person";
