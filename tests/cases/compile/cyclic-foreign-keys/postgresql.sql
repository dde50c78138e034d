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
    FOREIGN KEY ("team_id") REFERENCES "team" ("id")
);
ALTER TABLE "team" ADD CONSTRAINT "team_lead" FOREIGN KEY ("lead_id") REFERENCES "player" ("id");
INSERT INTO team VALUES (1, NULL);
INSERT INTO player VALUES (1, 1);
UPDATE team SET lead_id = 1;
-- downgrade
UPDATE team SET lead_id = NULL;
ALTER TABLE "team" DROP CONSTRAINT "team_lead";
DROP TABLE "player";
DROP TABLE "team";
