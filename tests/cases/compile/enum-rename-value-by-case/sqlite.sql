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
    "now" TEXT DEFAULT 'sad',
    "earlier" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_feeling" ("id", "now", "earlier")
SELECT "id", (CASE "now" WHEN 'happy' THEN 'Happy' ELSE "now" END), "earlier"
FROM "feeling"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_feeling" WHERE "now" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'Happy');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'feeling' THEN 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''Happy''))
)'
ELSE 'CREATE TABLE "_migrate_new_feeling" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('feeling', '_migrate_new_feeling') AND other.name IN ('feeling', '_migrate_new_feeling') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('feeling') WHERE integrity_check <> 'ok';
CREATE TABLE "_migrate_new_feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT 'sad',
    "earlier" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_feeling" ("id", "now", "earlier")
SELECT "id", "now", (CASE "earlier" WHEN 'happy' THEN 'Happy' ELSE "earlier" END)
FROM "feeling"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'Happy');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'feeling' THEN 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''Happy'')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN (''sad'', ''it''''s ok'', ''Happy''))
)'
ELSE 'CREATE TABLE "_migrate_new_feeling" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('feeling', '_migrate_new_feeling') AND other.name IN ('feeling', '_migrate_new_feeling') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('feeling') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "feeling";
