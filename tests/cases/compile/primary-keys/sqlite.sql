-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL
);
SELECT count(*), NULL FROM (SELECT "name", "place" FROM "tag" WHERE "name" IS NOT NULL AND "place" IS NOT NULL GROUP BY "name", "place" HAVING count(*) > 1);
CREATE TABLE "_migrate_new_tag" (
    "name" VARCHAR(20),
    "place" INTEGER,
    CONSTRAINT "tag_key" PRIMARY KEY ("name", "place")
);
INSERT INTO "_migrate_new_tag" (rowid, "name", "place")
SELECT rowid, "name", "place"
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
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL,
    CONSTRAINT "tag_key" PRIMARY KEY ("name", "place")
)'
ELSE 'CREATE TABLE "_migrate_new_tag" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_tag') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('tag', '_migrate_new_tag') AND other.name IN ('tag', '_migrate_new_tag') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_tag';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_tag";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('tag') WHERE integrity_check <> 'ok';
ALTER TABLE "tag" RENAME TO "label";
-- downgrade
ALTER TABLE "label" RENAME TO "tag";
CREATE TABLE "_migrate_new_tag" (
    "name" VARCHAR(20),
    "place" INTEGER
);
INSERT INTO "_migrate_new_tag" (rowid, "name", "place")
SELECT rowid, "name", "place"
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
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL
)'
ELSE 'CREATE TABLE "_migrate_new_tag" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_tag') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('tag', '_migrate_new_tag') AND other.name IN ('tag', '_migrate_new_tag') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_tag';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_tag";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('tag') WHERE integrity_check <> 'ok';
DROP TABLE "tag";
