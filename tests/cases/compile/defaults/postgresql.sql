-- upgrade
ALTER TABLE "p_book" ALTER COLUMN "title" SET DEFAULT 'new';
ALTER TABLE "p_book" ALTER COLUMN "pages" SET DEFAULT 10;
-- downgrade
ALTER TABLE "p_book" ALTER COLUMN "title" SET DEFAULT 'untitled';
ALTER TABLE "p_book" ALTER COLUMN "pages" DROP DEFAULT;
