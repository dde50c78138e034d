-- upgrade
CREATE INDEX "p_book_long" ON "p_book" ("title");
-- downgrade
DROP INDEX "p_book_long" ON "p_book";
