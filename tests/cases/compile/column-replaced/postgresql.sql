-- upgrade
ALTER TABLE "file" ADD COLUMN "weight" DOUBLE PRECISION;
UPDATE file SET weight = size * 1.5;
ALTER TABLE "file" DROP COLUMN "note";
ALTER TABLE "file" RENAME COLUMN "weight" TO "note";
-- downgrade
ALTER TABLE "file" DROP COLUMN "note";
ALTER TABLE "file" ADD COLUMN "note" VARCHAR(200);
