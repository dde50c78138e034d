-- upgrade
CREATE FULLTEXT INDEX "p_book_gin" ON "p_book" ("title");
-- downgrade
DROP INDEX "p_book_gin" ON "p_book";
