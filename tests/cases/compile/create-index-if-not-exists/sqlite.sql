-- upgrade
CREATE INDEX IF NOT EXISTS "ix_file_size" ON "file" ("size");
CREATE INDEX IF NOT EXISTS "ix_file_owner" ON "file" ("owner");
-- downgrade
DROP INDEX "ix_file_owner";
