-- upgrade
ALTER TABLE "file" ADD COLUMN "author" INTEGER NULL, ADD CONSTRAINT "file_author_fkey" FOREIGN KEY ("author") REFERENCES "person" ("id") ON DELETE SET NULL;
ALTER TABLE "file" ADD COLUMN "depth" INTEGER NOT NULL DEFAULT 1, ADD CONSTRAINT "file_depth_check" CHECK (depth > 0);
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_depth_check", DROP COLUMN "depth";
ALTER TABLE "file" DROP FOREIGN KEY "file_author_fkey", DROP COLUMN "author";
