-- upgrade
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_once" UNIQUE ("author_id", "title");
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_once";
