-- upgrade
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_once" UNIQUE ("author_id", "title");
-- downgrade
ALTER TABLE "p_book" DROP FOREIGN KEY "p_book_author_id_fkey";
ALTER TABLE "p_book" DROP INDEX "p_book_once";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE;
