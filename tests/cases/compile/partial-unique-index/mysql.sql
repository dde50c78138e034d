-- upgrade
-- error: revision `ca5e00000030` cannot create unique index `p_book_one` on `p_book`
-- caused by: mysql cannot create a unique index on some of the rows
-- hint: put what must be unique into a column of its own, which may be computed, and make the index on that
-- downgrade
DROP INDEX "p_book_one" ON "p_book";
