-- upgrade
DROP INDEX IF EXISTS "ix_nowhere";
DROP INDEX IF EXISTS "ix_file_size";
-- downgrade
CREATE INDEX "ix_file_size" ON "file" ("size");
