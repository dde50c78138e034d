-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    "earlier" ENUM('sad', 'it''s ok', 'happy') NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'happy', 'blue') NOT NULL DEFAULT 'sad';
UPDATE "feeling" SET "now" = 'blue' WHERE "now" = 'sad';
SELECT count(*), group_concat(DISTINCT quote("now") SEPARATOR ', ') FROM "feeling" WHERE "now" NOT IN ('blue', 'it''s ok', 'happy');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('blue', 'it''s ok', 'happy') NOT NULL DEFAULT 'blue';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'happy', 'blue') NULL;
UPDATE "feeling" SET "earlier" = 'blue' WHERE "earlier" = 'sad';
SELECT count(*), group_concat(DISTINCT quote("earlier") SEPARATOR ', ') FROM "feeling" WHERE "earlier" NOT IN ('blue', 'it''s ok', 'happy');
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('blue', 'it''s ok', 'happy') NULL;
INSERT INTO feeling (id, earlier) VALUES (3, 'blue');
UPDATE feeling SET earlier = now WHERE now = 'blue';
-- downgrade
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('blue', 'it''s ok', 'happy', 'sad') NOT NULL DEFAULT 'blue';
UPDATE "feeling" SET "now" = 'sad' WHERE "now" = 'blue';
SELECT count(*), group_concat(DISTINCT quote("now") SEPARATOR ', ') FROM "feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'happy');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('blue', 'it''s ok', 'happy', 'sad') NULL;
UPDATE "feeling" SET "earlier" = 'sad' WHERE "earlier" = 'blue';
SELECT count(*), group_concat(DISTINCT quote("earlier") SEPARATOR ', ') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'happy');
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'happy') NULL;
DROP TABLE "feeling";
