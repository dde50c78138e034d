-- upgrade
ALTER TABLE "file" ADD CONSTRAINT "size_and_owner" UNIQUE ("size", "owner");
CREATE INDEX "ix_file_note_owner" ON "file" ("note", "owner");
ALTER TABLE "file" DROP COLUMN "owner";
-- downgrade
ALTER TABLE "file" ADD COLUMN "owner" INTEGER REFERENCES "person" ("id") ON DELETE CASCADE;
