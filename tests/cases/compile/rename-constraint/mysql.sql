-- upgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_pages_check";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_has_pages" CHECK (pages > 0);
ALTER TABLE "p_author" RENAME INDEX "p_author_email_key" TO "p_author_mail";
-- downgrade
ALTER TABLE "p_author" RENAME INDEX "p_author_mail" TO "p_author_email_key";
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_has_pages";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_pages_check" CHECK (pages > 0);
