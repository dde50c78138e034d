-- upgrade
ALTER TABLE "person" ADD CONSTRAINT "person_name_key" UNIQUE ("name");
ALTER TABLE "person" ADD CONSTRAINT "name_not_blank" CHECK (name <> '');
ALTER TABLE "person" ADD CONSTRAINT "person_id_check" CHECK (id > 0);
ALTER TABLE "file" ADD COLUMN "author" INTEGER NULL;
ALTER TABLE "file" ADD CONSTRAINT "file_author_fkey" FOREIGN KEY ("author") REFERENCES "person" ("id");
-- downgrade
ALTER TABLE "file" DROP FOREIGN KEY "file_author_fkey";
DROP INDEX "file_author_fkey" ON "file";
ALTER TABLE "file" DROP COLUMN "author";
ALTER TABLE "person" DROP CONSTRAINT "person_id_check";
ALTER TABLE "person" DROP CONSTRAINT "name_not_blank";
ALTER TABLE "person" DROP INDEX "person_name_key";
