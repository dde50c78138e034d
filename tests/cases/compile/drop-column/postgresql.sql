-- upgrade
ALTER TABLE "p_book" DROP COLUMN "price";
-- downgrade
ALTER TABLE "p_book" ADD COLUMN "price" NUMERIC(8, 2);
