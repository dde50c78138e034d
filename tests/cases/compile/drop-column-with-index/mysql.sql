-- upgrade
ALTER TABLE "file" DROP CONSTRAINT "size_is_positive", DROP COLUMN "size";
-- downgrade
ALTER TABLE "file" ADD COLUMN "size" INTEGER NULL;
ALTER TABLE "file" ADD CONSTRAINT "size_is_positive" CHECK (size > 0);
CREATE INDEX "ix_file_size" ON "file" ("size");
