-- upgrade
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_dear" CHECK (price > 1);
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_dear";
