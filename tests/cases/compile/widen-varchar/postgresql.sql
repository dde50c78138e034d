-- upgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE VARCHAR(400);
-- downgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE VARCHAR(200);
