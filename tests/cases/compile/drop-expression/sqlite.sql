-- upgrade
CREATE TABLE "area" (
    "id" INTEGER,
    "a" INTEGER,
    "b" INTEGER GENERATED ALWAYS AS (a * a) STORED,
    PRIMARY KEY ("id")
);
INSERT INTO area (id, a) VALUES (1, 2), (2, 3);
CREATE TABLE "_migrate_new_area" (
    "id" INTEGER,
    "a" INTEGER,
    "b" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_area" ("id", "a", "b")
SELECT "id", "a", "b"
FROM "area"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'area' THEN 'CREATE TABLE "area" (
    "id" INTEGER,
    "a" INTEGER,
    "b" INTEGER,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_area" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('area', '_migrate_new_area') AND other.name IN ('area', '_migrate_new_area') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_area";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('area') WHERE integrity_check <> 'ok';
INSERT INTO area (id, a, b) VALUES (3, 4, 4);
-- downgrade
DROP TABLE "area";
