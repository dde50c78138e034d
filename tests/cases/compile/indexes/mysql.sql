-- upgrade
CREATE INDEX "ix_file_note" ON "file" ("note" DESC, "size");
CREATE UNIQUE INDEX "ix_file_owner_size" ON "file" ("note", "owner");
CREATE INDEX "file_size_note_idx" ON "file" ("size", "note");
-- downgrade
DROP INDEX "file_size_note_idx" ON "file";
DROP INDEX "ix_file_owner_size" ON "file";
DROP INDEX "ix_file_note" ON "file";
