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
SELECT count(*), group_concat(rowid, ', ') FROM "feeling" WHERE length("earlier") > 20;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" TEXT DEFAULT ''sad'' NOT NULL,
    "earlier" VARCHAR(20),
    PRIMARY KEY ("id"),
    CONSTRAINT "feeling_now_enum" CHECK ("now" IN (''sad'', ''it''''s ok'', ''happy''))
)'
WHERE type = 'table' AND name = 'feeling';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_feeling" ("x");
DROP TABLE "_migrate_new_feeling";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('feeling') WHERE quick_check <> 'ok';
UPDATE feeling SET earlier = 'anything';
-- downgrade
DROP TABLE "feeling";
