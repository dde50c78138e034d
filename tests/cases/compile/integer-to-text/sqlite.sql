-- upgrade
CREATE TABLE "reading" (
    "id" INTEGER,
    "value" INTEGER,
    "level" SMALLINT NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO reading VALUES (1, 10, 1), (2, NULL, 2);
CREATE TABLE "_migrate_new_reading" (
    "id" INTEGER,
    "value" VARCHAR(20),
    "level" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_reading" ("id", "value", "level")
SELECT "id", "value", "level"
FROM "reading"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_reading" WHERE "level" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_reading" WHERE length("value") > 20;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'reading' THEN 'CREATE TABLE "reading" (
    "id" INTEGER,
    "value" VARCHAR(20),
    "level" TEXT NOT NULL,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_reading" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('reading', '_migrate_new_reading') AND other.name IN ('reading', '_migrate_new_reading') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_reading";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('reading') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "reading";
