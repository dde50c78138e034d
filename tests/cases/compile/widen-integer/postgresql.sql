-- upgrade
ALTER TABLE "file" ALTER COLUMN "size" TYPE BIGINT;
-- downgrade
ALTER TABLE "file" ALTER COLUMN "size" TYPE INTEGER;
