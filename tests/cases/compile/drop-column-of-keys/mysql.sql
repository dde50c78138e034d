-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "size_and_owner" UNIQUE ("size", "owner");
CREATE INDEX "ix_file_note_owner" ON "file" ("note", "owner");
ALTER TABLE "file" DROP FOREIGN KEY "file_owner_fkey", DROP INDEX "size_and_owner", DROP INDEX "ix_file_note_owner", DROP COLUMN "owner";
-- downgrade
ALTER TABLE "file" ADD COLUMN "owner" INTEGER NULL, ADD CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE;
