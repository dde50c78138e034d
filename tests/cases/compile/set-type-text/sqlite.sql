-- upgrade
SELECT count(*), group_concat(rowid, ', ') FROM "p_author" WHERE "name" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "p_author" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(200) NOT NULL,
    "email" VARCHAR(80),
    CONSTRAINT "p_author_email_key" UNIQUE ("email")
)'
WHERE type = 'table' AND name = 'p_author';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_p_author" ("x");
DROP TABLE "_migrate_new_p_author";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_author') WHERE quick_check <> 'ok';
-- downgrade
SELECT count(*), group_concat(rowid, ', ') FROM "p_author" WHERE "name" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "p_author" WHERE length("name") > 50;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "p_author" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) NOT NULL,
    "email" VARCHAR(80),
    CONSTRAINT "p_author_email_key" UNIQUE ("email")
)'
WHERE type = 'table' AND name = 'p_author';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_p_author" ("x");
DROP TABLE "_migrate_new_p_author";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_author') WHERE quick_check <> 'ok';
