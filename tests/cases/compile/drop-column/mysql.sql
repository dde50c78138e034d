-- upgrade
ALTER TABLE "p_book" DROP COLUMN "price";
-- downgrade
ALTER TABLE "p_book" ADD COLUMN "price" DECIMAL(8, 2) NULL;
