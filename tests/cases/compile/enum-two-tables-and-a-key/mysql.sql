-- upgrade
CREATE TABLE "feeling" (
    "id" INTEGER NOT NULL,
    "now" ENUM('sad', 'it''s ok', 'happy') NOT NULL DEFAULT 'sad',
    "earlier" ENUM('sad', 'it''s ok', 'happy') NULL,
    PRIMARY KEY ("id")
);
INSERT INTO feeling (id, now) VALUES (1, 'sad'), (2, 'happy');
CREATE TABLE "other" (
    "kind" ENUM('sad', 'it''s ok', 'happy') NOT NULL,
    "note" LONGTEXT NULL,
    PRIMARY KEY ("kind")
);
INSERT INTO other VALUES ('happy', 'x');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'happy', 'glad') NOT NULL DEFAULT 'sad';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'happy', 'glad') NULL;
ALTER TABLE "other" MODIFY COLUMN "kind" ENUM('sad', 'it''s ok', 'happy', 'glad') NOT NULL;
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'happy', 'glad', 'merry') NOT NULL DEFAULT 'sad';
UPDATE "feeling" SET "now" = 'merry' WHERE "now" = 'happy';
SELECT count(*), group_concat(DISTINCT quote("now") SEPARATOR ', ') FROM "feeling" WHERE "now" NOT IN ('sad', 'it''s ok', 'merry', 'glad');
ALTER TABLE "feeling" MODIFY COLUMN "now" ENUM('sad', 'it''s ok', 'merry', 'glad') NOT NULL DEFAULT 'sad';
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'happy', 'glad', 'merry') NULL;
UPDATE "feeling" SET "earlier" = 'merry' WHERE "earlier" = 'happy';
SELECT count(*), group_concat(DISTINCT quote("earlier") SEPARATOR ', ') FROM "feeling" WHERE "earlier" NOT IN ('sad', 'it''s ok', 'merry', 'glad');
ALTER TABLE "feeling" MODIFY COLUMN "earlier" ENUM('sad', 'it''s ok', 'merry', 'glad') NULL;
ALTER TABLE "other" MODIFY COLUMN "kind" ENUM('sad', 'it''s ok', 'happy', 'glad', 'merry') NOT NULL;
UPDATE "other" SET "kind" = 'merry' WHERE "kind" = 'happy';
SELECT count(*), group_concat(DISTINCT quote("kind") SEPARATOR ', ') FROM "other" WHERE "kind" NOT IN ('sad', 'it''s ok', 'merry', 'glad');
ALTER TABLE "other" MODIFY COLUMN "kind" ENUM('sad', 'it''s ok', 'merry', 'glad') NOT NULL;
-- downgrade
DROP TABLE "other";
DROP TABLE "feeling";
