-- upgrade
CREATE TABLE "team" (
    "id" INTEGER,
    "lead_id" INTEGER,
    PRIMARY KEY ("id")
);
CREATE TABLE "player" (
    "id" INTEGER,
    "team_id" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "player_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team" ("id")
);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "team" (
    "id" INTEGER,
    "lead_id" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "team_lead" FOREIGN KEY ("lead_id") REFERENCES "player" ("id")
)'
WHERE type = 'table' AND name = 'team';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_team" ("x");
DROP TABLE "_migrate_new_team";
SELECT count(*), group_concat("rowid", ', ') FROM pragma_foreign_key_check('team') WHERE fkid = 0;
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('team') WHERE quick_check <> 'ok';
INSERT INTO team VALUES (1, NULL);
INSERT INTO player VALUES (1, 1);
UPDATE team SET lead_id = 1;
-- downgrade
UPDATE team SET lead_id = NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "team" (
    "id" INTEGER,
    "lead_id" INTEGER,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'team';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_team" ("x");
DROP TABLE "_migrate_new_team";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('team') WHERE quick_check <> 'ok';
DROP TABLE "player";
DROP TABLE "team";
