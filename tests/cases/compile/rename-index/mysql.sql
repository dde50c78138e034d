-- upgrade
ALTER TABLE "p_book" RENAME INDEX "p_book_title" TO "p_book_heading";
-- downgrade
ALTER TABLE "p_book" RENAME INDEX "p_book_heading" TO "p_book_title";
