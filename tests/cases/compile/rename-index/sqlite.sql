-- upgrade
DROP INDEX "p_book_title";
CREATE INDEX "p_book_heading" ON "p_book" ("title");
-- downgrade
DROP INDEX "p_book_heading";
CREATE INDEX "p_book_title" ON "p_book" ("title");
