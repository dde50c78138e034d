-- upgrade
CREATE UNIQUE INDEX "file_size_once" ON "file" ("size");
ALTER TABLE file ADD CONSTRAINT file_size_once UNIQUE USING INDEX file_size_once;
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_size_once";
