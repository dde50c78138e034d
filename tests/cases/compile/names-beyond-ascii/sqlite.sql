-- upgrade
CREATE TABLE "größe" (
    "länge" INTEGER,
    "höhe" VARCHAR(10),
    PRIMARY KEY ("länge")
);
INSERT INTO "größe" VALUES (1, 'ß'), (2, '✓');
CREATE TABLE "_migrate_new_größe" (
    "länge" INTEGER,
    "höhe" VARCHAR(10) DEFAULT 'ä',
    PRIMARY KEY ("länge")
);
INSERT INTO "_migrate_new_größe" ("länge", "höhe")
SELECT "länge", "höhe"
FROM "größe"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_größe" WHERE NOT ("länge" > 0);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'größe' THEN 'CREATE TABLE "größe" (
    "länge" INTEGER,
    "höhe" VARCHAR(10) DEFAULT ''ä'',
    PRIMARY KEY ("länge"),
    CONSTRAINT "länge_ist_positiv" CHECK ("länge" > 0)
)'
ELSE 'CREATE TABLE "_migrate_new_größe" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('größe', '_migrate_new_größe') AND other.name IN ('größe', '_migrate_new_größe') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_größe";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('größe') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "größe";
