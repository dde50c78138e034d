-- upgrade
ALTER TABLE "person" ADD UNIQUE ("name");
ALTER TABLE "person" ADD CONSTRAINT "name_not_blank" CHECK (name <> '');
ALTER TABLE "person" ADD CHECK (id > 0);
ALTER TABLE "file" ADD COLUMN "author" INTEGER;
ALTER TABLE "file" ADD FOREIGN KEY ("author") REFERENCES "person" ("id");
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "file_author_fkey";
ALTER TABLE "file" DROP COLUMN "author";
ALTER TABLE "person" DROP CONSTRAINT "person_id_check";
ALTER TABLE "person" DROP CONSTRAINT "name_not_blank";
ALTER TABLE "person" DROP CONSTRAINT IF EXISTS "person_name_key";
ALTER TABLE "person" DROP CONSTRAINT IF EXISTS "person_name_key";
