-- upgrade
CREATE INDEX "p_book_price" ON "p_book" ("price");
-- downgrade
DROP INDEX "p_book_price" ON "p_book";
