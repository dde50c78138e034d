-- upgrade
ALTER TABLE "p_book" RENAME COLUMN "pages" TO "leaves";
ALTER TABLE "p_book" RENAME COLUMN "title" TO "heading";
-- downgrade
ALTER TABLE "p_book" RENAME COLUMN "heading" TO "title";
ALTER TABLE "p_book" RENAME COLUMN "leaves" TO "pages";
