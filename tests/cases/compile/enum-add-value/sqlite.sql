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
SELECT count(*), replace(group_concat(DISTINCT quote("now")), ''',''', ''', ''') FROM "feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'happy', 'angry');
SELECT count(*), replace(group_concat(DISTINCT quote("earlier")), ''',''', ''', ''') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'happy', 'angry');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''happy'', ''angry'')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN (''sad'', ''it''''s ok'', ''happy'', ''angry''))
)'
WHERE type = 'table' AND name = 'feeling';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_feeling" ("x");
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('feeling') WHERE quick_check <> 'ok';
SELECT count(*), replace(group_concat(DISTINCT quote("now")), ''',''', ''', ''') FROM "feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'glad', 'happy', 'angry');
SELECT count(*), replace(group_concat(DISTINCT quote("earlier")), ''',''', ''', ''') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'glad', 'happy', 'angry');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''glad'', ''happy'', ''angry'')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN (''sad'', ''it''''s ok'', ''glad'', ''happy'', ''angry''))
)'
WHERE type = 'table' AND name = 'feeling';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_feeling" ("x");
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('feeling') WHERE quick_check <> 'ok';
SELECT count(*), replace(group_concat(DISTINCT quote("now")), ''',''', ''', ''') FROM "feeling" WHERE "now" NOT IN ('sad', 'bored', 'it''s ok', 'glad', 'happy', 'angry');
SELECT count(*), replace(group_concat(DISTINCT quote("earlier")), ''',''', ''', ''') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'bored', 'it''s ok', 'glad', 'happy', 'angry');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''bored'', ''it''''s ok'', ''glad'', ''happy'', ''angry'')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN (''sad'', ''bored'', ''it''''s ok'', ''glad'', ''happy'', ''angry''))
)'
WHERE type = 'table' AND name = 'feeling';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_feeling" ("x");
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('feeling') WHERE quick_check <> 'ok';
-- downgrade
DROP TABLE "feeling";
