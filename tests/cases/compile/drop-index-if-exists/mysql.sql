-- upgrade
DROP INDEX "ix_file_size" ON "file";
-- downgrade
CREATE INDEX "ix_file_size" ON "file" ("size");
