-- upgrade
DROP INDEX "p_book_title" ON "p_book";
ALTER TABLE "p_book" DROP COLUMN "title";
-- downgrade
ALTER TABLE "p_book" ADD COLUMN "title" VARCHAR(100) NOT NULL DEFAULT 'untitled';
CREATE INDEX "p_book_title" ON "p_book" ("title");
