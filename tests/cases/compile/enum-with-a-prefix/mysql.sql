-- upgrade
ALTER TABLE "p_book" ADD COLUMN "state" ENUM('new', 'done') NULL DEFAULT 'new';
ALTER TABLE "p_book" MODIFY COLUMN "state" ENUM('new', 'done', 'lost') NULL DEFAULT 'new';
-- downgrade
ALTER TABLE "p_book" DROP COLUMN "state";
