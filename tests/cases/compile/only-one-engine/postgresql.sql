-- upgrade
CREATE INDEX "p_book_gin" ON "p_book" USING gin ((to_tsvector('simple', title)));
-- downgrade
DROP INDEX "p_book_gin";
