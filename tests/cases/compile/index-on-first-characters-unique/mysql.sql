-- upgrade
CREATE UNIQUE INDEX "ix_file_start" ON "file" ("note"(10));
-- downgrade
DROP INDEX "ix_file_start" ON "file";
