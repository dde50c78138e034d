-- upgrade
SELECT count(*), NULL FROM "p_book" WHERE "pages" IS NULL;
ALTER TABLE "p_book" MODIFY COLUMN "pages" BIGINT NOT NULL DEFAULT 5;
-- downgrade
ALTER TABLE "p_book" MODIFY COLUMN "pages" INTEGER NULL;
