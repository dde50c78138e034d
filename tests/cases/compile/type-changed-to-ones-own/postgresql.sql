-- upgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE name;
-- downgrade
ALTER TABLE "file" ALTER COLUMN "note" TYPE VARCHAR(200);
