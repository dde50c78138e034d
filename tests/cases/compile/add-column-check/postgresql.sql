-- upgrade
ALTER TABLE "p_book" ADD COLUMN "rating" INTEGER CHECK (rating BETWEEN 1 AND 5);
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_rating_check";
ALTER TABLE "p_book" DROP COLUMN "rating";
