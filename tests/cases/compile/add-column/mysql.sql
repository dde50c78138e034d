-- upgrade
ALTER TABLE "p_book" ADD COLUMN "subtitle" VARCHAR(100) NULL;
ALTER TABLE "p_book" ADD COLUMN "copies" INTEGER NOT NULL DEFAULT 1;
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "copies";
ALTER TABLE "p_book" DROP COLUMN "subtitle";
