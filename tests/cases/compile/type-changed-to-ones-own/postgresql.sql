-- upgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE citext;
-- downgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE VARCHAR(200);
