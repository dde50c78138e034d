-- upgrade
ALTER TABLE "p_book" ADD COLUMN "added" DATETIME(6) NULL DEFAULT CURRENT_TIMESTAMP(6);
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "added";
