-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" mood DEFAULT 'sad' NOT NULL,
    "earlier" mood,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TYPE "mood" RENAME VALUE 'happy' TO 'Happy';
-- downgrade
DROP TABLE "feeling";
DROP TYPE "mood";
