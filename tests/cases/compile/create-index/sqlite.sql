-- upgrade
CREATE INDEX "p_book_pages" ON "p_book" ("pages" DESC, "title");
CREATE UNIQUE INDEX "p_author_name" ON "p_author" ("name");
-- downgrade
DROP INDEX "p_author_name";
DROP INDEX "p_book_pages";
