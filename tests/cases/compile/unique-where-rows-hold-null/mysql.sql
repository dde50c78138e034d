-- upgrade
CREATE TABLE "badge" (
    "id" INTEGER NOT NULL,
    "code" VARCHAR(10) NULL,
    PRIMARY KEY ("id")
);
INSERT INTO badge VALUES (1, NULL), (2, NULL), (3, 'a');
ALTER TABLE "badge" ADD CONSTRAINT "badge_code" UNIQUE ("code");
ALTER TABLE "badge" RENAME INDEX "badge_code" TO "badge_code_once";
-- downgrade
ALTER TABLE "badge" DROP INDEX "badge_code_once";
DROP TABLE "badge";
