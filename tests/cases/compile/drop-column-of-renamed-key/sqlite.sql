-- upgrade
CREATE TABLE "p_shelf" (
    "id" INTEGER PRIMARY KEY,
    "book_id" INTEGER,
    "room" INTEGER,
    CONSTRAINT "p_shelf_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "p_book" ("id")
);
CREATE TABLE "_migrate_new_p_shelf" (
    "id" INTEGER PRIMARY KEY,
    "room" INTEGER
);
INSERT INTO "_migrate_new_p_shelf" ("id", "room")
SELECT "id", "room"
FROM "p_shelf"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'p_shelf' THEN 'CREATE TABLE "p_shelf" (
    "id" INTEGER PRIMARY KEY,
    "room" INTEGER
)'
ELSE 'CREATE TABLE "_migrate_new_p_shelf" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('p_shelf', '_migrate_new_p_shelf') AND other.name IN ('p_shelf', '_migrate_new_p_shelf') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
ALTER TABLE "_migrate_new_p_shelf" RENAME TO "_migrate_old_p_shelf";
DROP TABLE "_migrate_old_p_shelf";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('p_shelf') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "p_shelf";
