-- upgrade
CREATE FULLTEXT INDEX "ix_file_words" ON "file" ("note");
-- downgrade
DROP INDEX "ix_file_words" ON "file";
