-- upgrade
ALTER TABLE "file" ADD COLUMN "author" INTEGER REFERENCES "person" ("id") ON DELETE SET NULL;
ALTER TABLE "file" ADD COLUMN "depth" INTEGER DEFAULT 1 NOT NULL CHECK (depth > 0);
-- downgrade
ALTER TABLE "file" DROP COLUMN "depth";
ALTER TABLE "file" DROP COLUMN "author";
