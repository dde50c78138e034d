-- upgrade
CREATE TABLE "Mixed" (
    "Id" INTEGER,
    "UserName" VARCHAR(10),
    PRIMARY KEY ("Id")
);
INSERT INTO "Mixed" VALUES (1, 'a');
ALTER TABLE "Mixed" RENAME COLUMN "UserName" TO "LoginName";
SELECT count(*), group_concat(rowid, ', ') FROM "Mixed" WHERE "LoginName" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "Mixed" (
    "Id" INTEGER,
    "LoginName" VARCHAR(10) NOT NULL,
    PRIMARY KEY ("Id")
)'
WHERE type = 'table' AND name = 'Mixed';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_Mixed" ("x");
DROP TABLE "_migrate_new_Mixed";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('Mixed') WHERE quick_check <> 'ok';
CREATE INDEX "IxLogin" ON "Mixed" ("LoginName");
-- downgrade
DROP TABLE "Mixed";
