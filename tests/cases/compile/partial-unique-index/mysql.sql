-- upgrade
-- error: revision `ca5e00000030` cannot create unique index `p_book_one` on `p_book`
-- caused by: mysql cannot make an index unique for some rows only
-- hint: use a generated column that is NULL for the other rows, and a unique index on it
-- downgrade
DROP INDEX "p_book_one" ON "p_book";
