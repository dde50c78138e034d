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
CREATE TABLE "other" (
    "kind" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("kind"),
    CONSTRAINT "other_kind_enum" CHECK ("kind" IN ('sad', 'it''s ok', 'happy'))
);
INSERT INTO other VALUES ('happy', 'x');
SELECT count(*), replace(group_concat(DISTINCT quote("now")), ''',''', ''', ''') FROM "feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'happy', 'glad');
SELECT count(*), replace(group_concat(DISTINCT quote("earlier")), ''',''', ''', ''') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'happy', 'glad');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''happy'', ''glad'')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN (''sad'', ''it''''s ok'', ''happy'', ''glad''))
)'
WHERE type = 'table' AND name = 'feeling';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_feeling" ("x");
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('feeling') WHERE quick_check <> 'ok';
SELECT count(*), replace(group_concat(DISTINCT quote("kind")), ''',''', ''', ''') FROM "other" WHERE "kind" NOT IN ('sad', 'it''s ok', 'happy', 'glad');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "other" (
    "kind" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("kind"),
    CONSTRAINT "other_kind_enum" CHECK ("kind" IN (''sad'', ''it''''s ok'', ''happy'', ''glad''))
)'
WHERE type = 'table' AND name = 'other';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_other" ("x");
DROP TABLE "_migrate_new_other";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('other') WHERE quick_check <> 'ok';
CREATE TABLE "_migrate_new_feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT 'sad',
    "earlier" TEXT,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_feeling" ("id", "now", "earlier")
SELECT "id", (CASE "now" WHEN 'happy' THEN 'merry' ELSE "now" END), "earlier"
FROM "feeling"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_feeling" WHERE "now" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'merry', 'glad');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'feeling' THEN 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''merry'', ''glad''))
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
SELECT "id", "now", (CASE "earlier" WHEN 'happy' THEN 'merry' ELSE "earlier" END)
FROM "feeling"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'merry', 'glad');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'feeling' THEN 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''merry'', ''glad'')),
    CONSTRAINT "feeling_earlier_enum" CHECK ("earlier" IN (''sad'', ''it''''s ok'', ''merry'', ''glad''))
)'
ELSE 'CREATE TABLE "_migrate_new_feeling" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('feeling', '_migrate_new_feeling') AND other.name IN ('feeling', '_migrate_new_feeling') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('feeling') WHERE integrity_check <> 'ok';
CREATE TABLE "_migrate_new_other" (
    "kind" TEXT,
    "note" TEXT,
    PRIMARY KEY ("kind")
);
INSERT INTO "_migrate_new_other" (rowid, "kind", "note")
SELECT rowid, (CASE "kind" WHEN 'happy' THEN 'merry' ELSE "kind" END), "note"
FROM "other"
ORDER BY rowid;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_other" WHERE "kind" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "_migrate_new_other" WHERE "kind" NOT IN ('sad', 'it''s ok', 'merry', 'glad');
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_other_' || row_number() OVER (ORDER BY rowid), '_migrate_new_other', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'other';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'other';
UPDATE "sqlite_schema" SET tbl_name = 'other', name = 'sqlite_autoindex_other_' || substr(name, 37)
WHERE type = 'index' AND tbl_name = '_migrate_new_other' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'other' THEN 'CREATE TABLE "other" (
    "kind" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("kind"),
    CONSTRAINT "other_kind_enum" CHECK ("kind" IN (''sad'', ''it''''s ok'', ''merry'', ''glad''))
)'
ELSE 'CREATE TABLE "_migrate_new_other" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_other') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('other', '_migrate_new_other') AND other.name IN ('other', '_migrate_new_other') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_other';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_other";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('other') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "other";
DROP TABLE "feeling";
