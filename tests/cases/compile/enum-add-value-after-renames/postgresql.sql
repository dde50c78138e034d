-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" mood DEFAULT 'sad' NOT NULL,
    "earlier" mood,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE "feeling" RENAME TO "feelings";
ALTER TABLE "feelings" RENAME COLUMN "now" TO "at_present";
ALTER TYPE "mood" RENAME TO "Mood";
ALTER TYPE "Mood" ADD VALUE 'angry';
INSERT INTO feelings (id, at_present) VALUES (4, 'happy');
-- downgrade
DROP TABLE "feelings";
DROP TYPE "Mood";
