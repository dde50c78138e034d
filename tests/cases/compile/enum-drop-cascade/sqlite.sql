-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT 'sad' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN ('sad', 'it''s ok', 'happy')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN ('sad', 'it''s ok', 'happy'))
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
CREATE TABLE "_migrate_new_feeling" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_feeling" ("id")
SELECT "id"
FROM "feeling"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'feeling' THEN 'CREATE TABLE "feeling" (
    "id" INTEGER,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_feeling" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('feeling', '_migrate_new_feeling') AND other.name IN ('feeling', '_migrate_new_feeling') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
ALTER TABLE "_migrate_new_feeling" RENAME TO "_migrate_old_feeling";
DROP TABLE "_migrate_old_feeling";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('feeling') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "feeling";
