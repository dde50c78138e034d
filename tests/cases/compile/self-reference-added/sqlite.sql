-- upgrade
ALTER TABLE "person" ADD COLUMN "boss_id" INTEGER;
UPDATE person SET boss_id = 1 WHERE id = 2;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    "boss_id" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "person_boss" FOREIGN KEY ("boss_id") REFERENCES "person" ("id") ON DELETE SET NULL
)'
WHERE type = 'table' AND name = 'person';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_person" ("x");
DROP TABLE "_migrate_new_person";
SELECT count(*), group_concat("rowid", ', ') FROM pragma_foreign_key_check('person') WHERE fkid = 0;
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('person') WHERE quick_check <> 'ok';
-- downgrade
CREATE TABLE "_migrate_new_person" (
    "id" INTEGER,
    "name" VARCHAR(50),
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_person" ("id", "name")
SELECT "id", "name"
FROM "person"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'person' THEN 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_person" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('person', '_migrate_new_person') AND other.name IN ('person', '_migrate_new_person') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
ALTER TABLE "_migrate_new_person" RENAME TO "_migrate_old_person";
DROP TABLE "_migrate_old_person";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('person') WHERE integrity_check <> 'ok';
