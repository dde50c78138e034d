-- upgrade
ALTER TABLE "p_book" ADD COLUMN "editor_id" INTEGER REFERENCES "p_author" ("id") ON DELETE SET NULL;
-- downgrade
ALTER TABLE "p_book" DROP CONSTRAINT "p_book_editor_id_fkey";
ALTER TABLE "p_book" DROP COLUMN "editor_id";
