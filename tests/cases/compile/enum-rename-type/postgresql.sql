-- upgrade
CREATE TYPE "mood" AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TABLE "feeling" (
    "id" INTEGER,
    "now" mood DEFAULT 'sad' NOT NULL,
    "earlier" mood,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TYPE "mood" RENAME TO "feeling_type";
ALTER TABLE "feeling" ADD COLUMN "after_it" feeling_type;
-- downgrade
DROP TABLE "feeling";
DROP TYPE "feeling_type";
