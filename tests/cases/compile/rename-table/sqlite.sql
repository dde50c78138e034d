-- upgrade
ALTER TABLE "p_book" RENAME TO "p_volume";
-- downgrade
ALTER TABLE "p_volume" RENAME TO "p_book";
