-- upgrade
CREATE TABLE "team" (
    "id" INTEGER NOT NULL,
    "lead_id" INTEGER NULL,
    PRIMARY KEY ("id")
);
CREATE TABLE "player" (
    "id" INTEGER NOT NULL,
    "team_id" INTEGER NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "player_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team" ("id")
);
ALTER TABLE "team" ADD CONSTRAINT "team_lead" FOREIGN KEY ("lead_id") REFERENCES "player" ("id");
INSERT INTO team VALUES (1, NULL);
INSERT INTO player VALUES (1, 1);
UPDATE team SET lead_id = 1;
-- downgrade
UPDATE team SET lead_id = NULL;
ALTER TABLE "team" DROP FOREIGN KEY "team_lead";
DROP TABLE "player";
DROP TABLE "team";
