-- upgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_pages_check";
ALTER TABLE "p_book" ALTER COLUMN "pages" TYPE VARCHAR(20) USING CAST(pages AS VARCHAR(20)) || ' p';
-- downgrade
ALTER TABLE "p_book" ALTER COLUMN "pages" TYPE INTEGER USING CAST(replace(pages, ' p', '') AS INTEGER);
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_pages_check" CHECK (pages > 0);
