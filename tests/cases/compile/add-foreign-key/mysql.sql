-- upgrade
ALTER TABLE "p_book" ADD COLUMN "sequel_of" INTEGER NULL;
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_sequel" FOREIGN KEY ("sequel_of") REFERENCES "p_book" ("id") ON UPDATE CASCADE ON DELETE SET NULL;
-- downgrade
ALTER TABLE "p_book" DROP FOREIGN KEY "p_book_sequel";
ALTER TABLE "p_book" DROP COLUMN "sequel_of";
