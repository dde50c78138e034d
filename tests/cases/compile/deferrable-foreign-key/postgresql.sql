-- upgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_author_id_fkey";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_author" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") DEFERRABLE INITIALLY DEFERRED;
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_author";
ALTER TABLE "p_book" ADD FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE;
