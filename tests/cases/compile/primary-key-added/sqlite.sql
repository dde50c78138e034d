-- upgrade
CREATE TABLE "loose" (
    "a" INTEGER NOT NULL,
    "b" VARCHAR(10)
);
INSERT INTO loose VALUES (5, 'x'), (3, 'y');
SELECT count(*), NULL FROM (SELECT "a" FROM "loose" WHERE "a" IS NOT NULL GROUP BY "a" HAVING count(*) > 1);
CREATE TABLE "_migrate_new_loose" (
    "a" INTEGER,
    "b" VARCHAR(10),
    PRIMARY KEY ("a")
);
INSERT INTO "_migrate_new_loose" ("a", "b")
SELECT "a", "b"
FROM "loose"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'loose' THEN 'CREATE TABLE "loose" (
    "a" INTEGER NOT NULL,
    "b" VARCHAR(10),
    PRIMARY KEY ("a")
)'
ELSE 'CREATE TABLE "_migrate_new_loose" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('loose', '_migrate_new_loose') AND other.name IN ('loose', '_migrate_new_loose') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_loose";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('loose') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "loose";
