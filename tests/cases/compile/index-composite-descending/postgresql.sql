-- upgrade
CREATE UNIQUE INDEX "ix_file_owner_name" ON "file" ("owner" DESC, "name");
CREATE INDEX "ix_file_note" ON "file" ("note");
-- downgrade
DROP INDEX "ix_file_note";
DROP INDEX "ix_file_owner_name";
