-- upgrade
ALTER TABLE "p_author" ALTER COLUMN "name" TYPE VARCHAR(200);
-- downgrade
ALTER TABLE "p_author" ALTER COLUMN "name" TYPE VARCHAR(50);
