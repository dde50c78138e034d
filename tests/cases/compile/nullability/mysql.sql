-- upgrade
SELECT count(*), NULL FROM "p_book" WHERE "pages" IS NULL;
ALTER TABLE "p_book" MODIFY COLUMN "pages" INTEGER NOT NULL;
ALTER TABLE "p_book" MODIFY COLUMN "title" VARCHAR(100) NULL DEFAULT 'untitled';
-- downgrade
ALTER TABLE "p_book" MODIFY COLUMN "pages" INTEGER NULL;
SELECT count(*), NULL FROM "p_book" WHERE "title" IS NULL;
ALTER TABLE "p_book" MODIFY COLUMN "title" VARCHAR(100) NOT NULL DEFAULT 'untitled';
