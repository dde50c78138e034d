-- upgrade
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_dear" CHECK (price > 1) NOT VALID;
ALTER TABLE "p_book" VALIDATE CONSTRAINT "p_book_dear";
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_dear";
