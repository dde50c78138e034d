-- upgrade
CREATE INDEX "p_book_gin" ON "p_book" ("title" COLLATE "NOCASE");
-- downgrade
DROP INDEX "p_book_gin";
