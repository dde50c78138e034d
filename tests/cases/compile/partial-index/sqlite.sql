-- upgrade
CREATE INDEX "p_book_long" ON "p_book" ("title") WHERE pages > 100;
-- downgrade
DROP INDEX "p_book_long";
