-- upgrade
CREATE TABLE "log_line" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "line" VARCHAR(50)
);
CREATE TRIGGER person_noted AFTER UPDATE ON person BEGIN
    INSERT INTO log_line (line) VALUES ('changed; ' || new.name);
END;
SELECT count(*), group_concat(rowid, ', ') FROM "person" WHERE "name" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'person';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_person" ("x");
DROP TABLE "_migrate_new_person";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('person') WHERE quick_check <> 'ok';
UPDATE person SET name = 'eve' WHERE id = 2;
-- downgrade
SELECT count(*), group_concat(rowid, ', ') FROM "person" WHERE "name" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "person" WHERE length("name") > 50;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'person';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_person" ("x");
DROP TABLE "_migrate_new_person";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('person') WHERE quick_check <> 'ok';
DROP TRIGGER person_noted;
DROP TABLE "log_line";
