-- upgrade
ALTER INDEX "p_book_title" RENAME TO "p_book_heading";
-- downgrade
ALTER INDEX "p_book_heading" RENAME TO "p_book_title";
