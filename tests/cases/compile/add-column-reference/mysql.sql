-- upgrade
ALTER TABLE "p_book" ADD COLUMN "editor_id" INTEGER NULL, ADD CONSTRAINT "p_book_editor_id_fkey" FOREIGN KEY ("editor_id") REFERENCES "p_author" ("id") ON DELETE SET NULL;
-- downgrade
ALTER TABLE "p_book" DROP FOREIGN KEY "p_book_editor_id_fkey";
ALTER TABLE "p_book" DROP COLUMN "editor_id";
