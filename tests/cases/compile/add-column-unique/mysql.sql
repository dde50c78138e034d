-- upgrade
ALTER TABLE "p_book" ADD COLUMN "isbn" CHAR(13) NULL, ADD CONSTRAINT "p_book_isbn_key" UNIQUE ("isbn");
-- downgrade
ALTER TABLE "p_book" DROP INDEX "p_book_isbn_key";
ALTER TABLE "p_book" DROP COLUMN "isbn";
