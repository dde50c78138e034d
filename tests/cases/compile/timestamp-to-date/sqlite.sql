-- upgrade
CREATE TABLE "visit" (
    "id" INTEGER,
    "at" TIMESTAMP,
    "day" DATE,
    PRIMARY KEY ("id")
);
INSERT INTO visit VALUES (1, '2020-01-02 03:04:05', '2020-01-02'), (2, NULL, NULL);
CREATE TABLE "_migrate_new_visit" (
    "id" INTEGER,
    "at" DATE,
    "day" TIMESTAMP,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_visit" ("id", "at", "day")
SELECT "id", CASE WHEN typeof("at") = 'text' AND "at" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][ T]*' AND datetime("at") IS NOT NULL THEN substr("at", 1, 10) ELSE "at" END, CASE WHEN typeof("day") = 'text' AND "day" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN "day" || ' 00:00:00' ELSE "day" END
FROM "visit"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_visit" WHERE "at" IS NOT NULL AND (typeof("at") <> 'text' OR "at" NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR date("at") IS NULL);
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_visit" WHERE "day" IS NOT NULL AND (typeof("day") <> 'text' OR "day" NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][ T]*' OR datetime("day") IS NULL);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'visit' THEN 'CREATE TABLE "visit" (
    "id" INTEGER,
    "at" DATE,
    "day" TIMESTAMP,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_visit" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('visit', '_migrate_new_visit') AND other.name IN ('visit', '_migrate_new_visit') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_visit";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('visit') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "visit";
