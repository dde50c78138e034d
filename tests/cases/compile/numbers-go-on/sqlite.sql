-- upgrade
CREATE TABLE "ticket" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(10)
);
INSERT INTO ticket (name) VALUES ('a'), ('b'), ('c');
DELETE FROM ticket WHERE name = 'c';
CREATE TABLE "_migrate_new_ticket" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(10) DEFAULT 'z'
);
INSERT INTO "_migrate_new_ticket" ("id", "name")
SELECT "id", "name"
FROM "ticket"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_ticket';
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'ticket' THEN 'CREATE TABLE "ticket" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(10) DEFAULT ''z''
)'
ELSE 'CREATE TABLE "_migrate_new_ticket" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('ticket', '_migrate_new_ticket') AND other.name IN ('ticket', '_migrate_new_ticket') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_ticket";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('ticket') WHERE integrity_check <> 'ok';
INSERT INTO ticket (name) VALUES ('d');
-- downgrade
DROP TABLE "ticket";
