-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
CREATE TABLE "_migrate_new_tag" (
    "name" VARCHAR(20)
);
INSERT INTO "_migrate_new_tag" (rowid, "name")
SELECT rowid, "name"
FROM "tag"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_tag_' || row_number() OVER (ORDER BY rowid), '_migrate_new_tag', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'tag';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'tag';
UPDATE "sqlite_schema" SET tbl_name = 'tag', name = 'sqlite_autoindex_tag_' || substr(name, 35)
WHERE type = 'index' AND tbl_name = '_migrate_new_tag' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'tag' THEN 'CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL
)'
ELSE 'CREATE TABLE "_migrate_new_tag" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_tag') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('tag', '_migrate_new_tag') AND other.name IN ('tag', '_migrate_new_tag') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_tag';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_tag";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('tag') WHERE integrity_check <> 'ok';
CREATE TABLE "label" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
ALTER TABLE "label" RENAME TO "mark";
CREATE TABLE "_migrate_new_mark" (
    "name" VARCHAR(20)
);
INSERT INTO "_migrate_new_mark" (rowid, "name")
SELECT rowid, "name"
FROM "mark"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_mark_' || row_number() OVER (ORDER BY rowid), '_migrate_new_mark', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'mark';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'mark';
UPDATE "sqlite_schema" SET tbl_name = 'mark', name = 'sqlite_autoindex_mark_' || substr(name, 36)
WHERE type = 'index' AND tbl_name = '_migrate_new_mark' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'mark' THEN 'CREATE TABLE "mark" (
    "name" VARCHAR(20) NOT NULL
)'
ELSE 'CREATE TABLE "_migrate_new_mark" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_mark') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('mark', '_migrate_new_mark') AND other.name IN ('mark', '_migrate_new_mark') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_mark';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_mark";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('mark') WHERE integrity_check <> 'ok';
CREATE TABLE "sign" (
    "name" VARCHAR(20) NOT NULL,
    CONSTRAINT "pk_sign" PRIMARY KEY ("name")
);
CREATE TABLE "_migrate_new_sign" (
    "name" VARCHAR(20)
);
INSERT INTO "_migrate_new_sign" (rowid, "name")
SELECT rowid, "name"
FROM "sign"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_sign_' || row_number() OVER (ORDER BY rowid), '_migrate_new_sign', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'sign';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'sign';
UPDATE "sqlite_schema" SET tbl_name = 'sign', name = 'sqlite_autoindex_sign_' || substr(name, 36)
WHERE type = 'index' AND tbl_name = '_migrate_new_sign' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'sign' THEN 'CREATE TABLE "sign" (
    "name" VARCHAR(20) NOT NULL
)'
ELSE 'CREATE TABLE "_migrate_new_sign" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_sign') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('sign', '_migrate_new_sign') AND other.name IN ('sign', '_migrate_new_sign') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_sign';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_sign";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('sign') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "sign";
DROP TABLE "mark";
DROP TABLE "tag";
