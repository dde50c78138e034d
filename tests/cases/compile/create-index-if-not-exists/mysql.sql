-- upgrade
CREATE INDEX "ix_file_owner" ON "file" ("owner");
-- downgrade
ALTER TABLE "file" ADD INDEX "file_owner_fkey" ("owner"), DROP INDEX "ix_file_owner";
