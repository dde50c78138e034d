-- upgrade
CREATE INDEX "ix_file_note" ON "file" ("note" DESC, "size");
CREATE UNIQUE INDEX "ix_file_owner_size" ON "file" ("note", "owner");
CREATE INDEX IF NOT EXISTS "ix_file_note" ON "file" ("note");
CREATE INDEX "file_size_note_idx" ON "file" ("size", "note");
-- downgrade
DROP INDEX "file_size_note_idx";
DROP INDEX IF EXISTS "ix_file_owner_size";
DROP INDEX IF EXISTS "ix_file_owner_size";
DROP INDEX "ix_file_note";
