-- upgrade
ALTER TABLE "file" ADD COLUMN "doubled" INTEGER GENERATED ALWAYS AS (size * 2) STORED;
-- downgrade
ALTER TABLE "file" DROP COLUMN "doubled";
