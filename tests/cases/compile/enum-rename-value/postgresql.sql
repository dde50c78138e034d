-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" mood DEFAULT 'sad' NOT NULL,
    "earlier" mood,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TYPE "mood" RENAME VALUE 'sad' TO 'blue';
INSERT INTO feeling (id, earlier) VALUES (3, 'blue');
UPDATE feeling SET earlier = now WHERE now = 'blue';
-- downgrade
ALTER TYPE "mood" RENAME VALUE 'blue' TO 'sad';
DROP TABLE "feeling";
DROP TYPE "mood";
