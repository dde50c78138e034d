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
ALTER TABLE "feeling" RENAME TO "feelings";
ALTER TABLE "feelings" RENAME COLUMN "now" TO "at_present";
SELECT count(*), replace(group_concat(DISTINCT quote("at_present")), ''',''', ''', ''') FROM "feelings" WHERE "at_present" NOT IN ('sad', 'it''s ok', 'happy', 'angry');
SELECT count(*), replace(group_concat(DISTINCT quote("earlier")), ''',''', ''', ''') FROM "feelings" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'happy', 'angry');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "feelings" (
    "id" INTEGER,
    "at_present" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" TEXT,
    PRIMARY KEY ("id"),
    CONSTRAINT "feelings_at_present_enum" CHECK ("at_present" IN (''sad'', ''it''''s ok'', ''happy'', ''angry'')),
    CONSTRAINT "feelings_earlier_enum" CHECK ("earlier" IN (''sad'', ''it''''s ok'', ''happy'', ''angry''))
)'
WHERE type = 'table' AND name = 'feelings';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_feelings" ("x");
DROP TABLE "_migrate_new_feelings";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('feelings') WHERE quick_check <> 'ok';
INSERT INTO feelings (id, at_present) VALUES (4, 'happy');
-- downgrade
DROP TABLE "feelings";
