-- upgrade
ALTER TABLE "p_author" MODIFY COLUMN "name" VARCHAR(200) NOT NULL;
-- downgrade
ALTER TABLE "p_author" MODIFY COLUMN "name" VARCHAR(50) NOT NULL;
