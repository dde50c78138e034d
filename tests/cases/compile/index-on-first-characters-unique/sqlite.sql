-- upgrade
-- error: revision `ca5e00000133` cannot create unique index `ix_file_start` on `file`
-- caused by: sqlite cannot create a unique index on the first characters of a column
-- hint: put what must be unique into a column of its own, which may be computed, and make the index on that
-- downgrade
DROP INDEX "ix_file_start";
