-- upgrade
-- error: revision `ca5e00000131` cannot create index `ix_file_words` on `file`
-- caused by: sqlite cannot create an index of kind FULLTEXT
-- hint: write it under `-- migrate: only mysql`
-- downgrade
DROP INDEX "ix_file_words";
