-- upgrade
ALTER TABLE "p_book" ADD COLUMN "added" TIMESTAMP DEFAULT CURRENT_TIMESTAMP;
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "added";
