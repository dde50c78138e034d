-- upgrade
CREATE INDEX CONCURRENTLY "p_book_price" ON "p_book" ("price") INCLUDE ("title"); -- outside a transaction
-- downgrade
DROP INDEX CONCURRENTLY "p_book_price"; -- outside a transaction
