-- upgrade
ALTER TABLE "file" DROP COLUMN "size";
-- downgrade
ALTER TABLE "file" ADD COLUMN "size" INTEGER;
ALTER TABLE "file" ADD CONSTRAINT "size_is_positive" CHECK (size > 0);
CREATE INDEX "ix_file_size" ON "file" ("size");
