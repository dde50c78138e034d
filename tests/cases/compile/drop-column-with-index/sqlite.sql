-- upgrade
DROP INDEX "p_book_title";
ALTER TABLE "p_book" DROP COLUMN "title";
-- downgrade
ALTER TABLE "p_book" ADD COLUMN "title" VARCHAR(100) DEFAULT 'untitled' NOT NULL;
CREATE INDEX "p_book_title" ON "p_book" ("title");
