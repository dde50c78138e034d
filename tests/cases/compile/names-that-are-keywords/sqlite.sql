-- upgrade
CREATE TABLE "order" (
    "group" INTEGER,
    "select" VARCHAR(10),
    "from" INTEGER,
    PRIMARY KEY ("group")
);
INSERT INTO "order" VALUES (1, 'a', 2);
SELECT count(*), group_concat(rowid, ', ') FROM "order" WHERE "select" IS NULL;
SELECT count(*), group_concat(rowid, ', ') FROM "order" WHERE NOT ("from" > 0);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "order" (
    "group" INTEGER,
    "select" VARCHAR(10) NOT NULL,
    "from" INTEGER,
    PRIMARY KEY ("group"),
    CONSTRAINT "check" CHECK ("from" > 0)
)'
WHERE type = 'table' AND name = 'order';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_order" ("x");
DROP TABLE "_migrate_new_order";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('order') WHERE quick_check <> 'ok';
CREATE INDEX "index" ON "order" ("from");
-- downgrade
DROP TABLE "order";
