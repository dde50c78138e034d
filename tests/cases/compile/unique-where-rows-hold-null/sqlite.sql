-- upgrade
CREATE TABLE "badge" (
    "id" INTEGER,
    "code" VARCHAR(10),
    PRIMARY KEY ("id")
);
INSERT INTO badge VALUES (1, NULL), (2, NULL), (3, 'a');
SELECT count(*), NULL FROM (SELECT "code" FROM "badge" WHERE "code" IS NOT NULL GROUP BY "code" HAVING count(*) > 1);
CREATE TABLE "_migrate_new_badge" (
    "id" INTEGER,
    "code" VARCHAR(10),
    PRIMARY KEY ("id"),
    CONSTRAINT "badge_code_once" UNIQUE ("code")
);
INSERT INTO "_migrate_new_badge" ("id", "code")
SELECT "id", "code"
FROM "badge"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_badge_' || row_number() OVER (ORDER BY rowid), '_migrate_new_badge', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'badge';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'badge';
UPDATE "sqlite_schema" SET tbl_name = 'badge', name = 'sqlite_autoindex_badge_' || substr(name, 37)
WHERE type = 'index' AND tbl_name = '_migrate_new_badge' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'badge' THEN 'CREATE TABLE "badge" (
    "id" INTEGER,
    "code" VARCHAR(10),
    PRIMARY KEY ("id"),
    CONSTRAINT "badge_code_once" UNIQUE ("code")
)'
ELSE 'CREATE TABLE "_migrate_new_badge" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_badge') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('badge', '_migrate_new_badge') AND other.name IN ('badge', '_migrate_new_badge') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_badge';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_badge";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('badge') WHERE integrity_check <> 'ok';
-- downgrade
CREATE TABLE "_migrate_new_badge" (
    "id" INTEGER,
    "code" VARCHAR(10),
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_badge" ("id", "code")
SELECT "id", "code"
FROM "badge"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_badge_' || row_number() OVER (ORDER BY rowid), '_migrate_new_badge', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'badge';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'badge';
UPDATE "sqlite_schema" SET tbl_name = 'badge', name = 'sqlite_autoindex_badge_' || substr(name, 37)
WHERE type = 'index' AND tbl_name = '_migrate_new_badge' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'badge' THEN 'CREATE TABLE "badge" (
    "id" INTEGER,
    "code" VARCHAR(10),
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_badge" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_badge') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('badge', '_migrate_new_badge') AND other.name IN ('badge', '_migrate_new_badge') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_badge';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_badge";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('badge') WHERE integrity_check <> 'ok';
DROP TABLE "badge";
