-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" mood DEFAULT 'sad' NOT NULL,
    "earlier" mood,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
CREATE TABLE "other" (
    "kind" mood,
    "note" TEXT,
    PRIMARY KEY ("kind")
);
INSERT INTO other VALUES ('happy', 'x');
ALTER TYPE "mood" ADD VALUE 'glad' AFTER 'happy';
ALTER TYPE "mood" RENAME VALUE 'happy' TO 'merry';
-- downgrade
DROP TABLE "other";
DROP TABLE "feeling";
DROP TYPE "mood";
