-- upgrade
ALTER TABLE "p_book" RENAME CONSTRAINT "p_book_pages_check" TO "p_book_has_pages";
ALTER TABLE "p_author" RENAME CONSTRAINT "p_author_email_key" TO "p_author_mail";
-- downgrade
ALTER TABLE "p_author" RENAME CONSTRAINT "p_author_mail" TO "p_author_email_key";
ALTER TABLE "p_book" RENAME CONSTRAINT "p_book_has_pages" TO "p_book_pages_check";
