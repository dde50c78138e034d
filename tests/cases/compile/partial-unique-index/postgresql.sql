-- upgrade
CREATE UNIQUE INDEX "p_book_one" ON "p_book" ("title") WHERE pages > 100;
-- downgrade
DROP INDEX "p_book_one";
