-- upgrade
-- error: revision `ca5e00000025` cannot add foreign key `p_book_author` to `p_book`
-- caused by: mysql cannot check a constraint at the end of a transaction
-- hint: leave DEFERRABLE out, or write the constraint once for each engine under `-- migrate: only`
-- downgrade
ALTER TABLE "p_book" DROP FOREIGN KEY "p_book_author";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE;
