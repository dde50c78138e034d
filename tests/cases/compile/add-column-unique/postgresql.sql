-- upgrade
ALTER TABLE "p_book" ADD COLUMN "isbn" CHAR(13) UNIQUE;
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_isbn_key";
ALTER TABLE "p_book" DROP COLUMN "isbn";
