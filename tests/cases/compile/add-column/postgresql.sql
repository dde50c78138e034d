-- upgrade
ALTER TABLE "p_book" ADD COLUMN "subtitle" VARCHAR(100);
ALTER TABLE "p_book" ADD COLUMN "copies" INTEGER DEFAULT 1 NOT NULL;
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "copies";
ALTER TABLE "p_book" DROP COLUMN "subtitle";
