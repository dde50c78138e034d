-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    "earlier" ENUM('sad', 'it''s ok', 'happy') NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
SELECT count(*), group_concat(DISTINCT quote("now") SEPARATOR ', ') FROM "feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'Happy');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'Happy') NOT NULL DEFAULT 'sad';
SELECT count(*), group_concat(DISTINCT quote("earlier") SEPARATOR ', ') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'Happy');
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'Happy') NULL;
-- downgrade
DROP TABLE "feeling";
