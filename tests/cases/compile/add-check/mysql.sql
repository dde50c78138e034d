-- upgrade
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_cheap" CHECK (price < 1000);
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_title_check" CHECK (length(title) > 0);
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_title_check";
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_cheap";
