-- upgrade
SELECT count(*), NULL FROM "p_book" WHERE "pages" IS NULL;
ALTER TABLE "p_book" MODIFY COLUMN "pages" BIGINT NOT NULL;
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_pages_check";
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_pages_positive" CHECK (pages >= 1);
ALTER TABLE "p_book" ADD COLUMN "weight" INTEGER NOT NULL DEFAULT 100;
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "weight";
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_pages_positive";
ALTER TABLE "p_book" MODIFY COLUMN "pages" INTEGER NULL;
ALTER TABLE "p_book" ADD CONSTRAINT "p_book_pages_check" CHECK (pages > 0);
