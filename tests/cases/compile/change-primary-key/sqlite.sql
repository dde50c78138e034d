-- upgrade
CREATE TABLE "code" (
    "old_code" VARCHAR(10) NOT NULL,
    "new_code" VARCHAR(10) NOT NULL,
    CONSTRAINT "code_pk" PRIMARY KEY ("old_code")
);
INSERT INTO code VALUES ('a', 'x'), ('b', 'y');
SELECT count(*), NULL FROM (SELECT "new_code" FROM "code" WHERE "new_code" IS NOT NULL GROUP BY "new_code" HAVING count(*) > 1);
CREATE TABLE "_migrate_new_code" (
    "old_code" VARCHAR(10),
    "new_code" VARCHAR(10),
    CONSTRAINT "code_new_pk" PRIMARY KEY ("new_code")
);
INSERT INTO "_migrate_new_code" (rowid, "old_code", "new_code")
SELECT rowid, "old_code", "new_code"
FROM "code"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_code_' || row_number() OVER (ORDER BY rowid), '_migrate_new_code', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'code';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'code';
UPDATE "sqlite_schema" SET tbl_name = 'code', name = 'sqlite_autoindex_code_' || substr(name, 36)
WHERE type = 'index' AND tbl_name = '_migrate_new_code' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'code' THEN 'CREATE TABLE "code" (
    "old_code" VARCHAR(10) NOT NULL,
    "new_code" VARCHAR(10) NOT NULL,
    CONSTRAINT "code_new_pk" PRIMARY KEY ("new_code")
)'
ELSE 'CREATE TABLE "_migrate_new_code" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_code') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('code', '_migrate_new_code') AND other.name IN ('code', '_migrate_new_code') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_code';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_code";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('code') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "code";
