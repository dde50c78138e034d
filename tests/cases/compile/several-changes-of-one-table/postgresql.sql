-- upgrade
ALTER TABLE "p_book" ALTER COLUMN "pages" TYPE BIGINT;
ALTER TABLE "p_book" ALTER COLUMN "pages" SET NOT NULL;
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_pages_check";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_pages_positive" CHECK (pages >= 1);
ALTER TABLE "p_book" ADD COLUMN "weight" INTEGER DEFAULT 100 NOT NULL;
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "weight";
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_pages_positive";
ALTER TABLE "p_book" ALTER COLUMN "pages" DROP NOT NULL;
ALTER TABLE "p_book" ALTER COLUMN "pages" TYPE INTEGER;
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_pages_check" CHECK (pages > 0);
