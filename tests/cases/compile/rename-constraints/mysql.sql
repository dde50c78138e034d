-- upgrade
ALTER TABLE "file" RENAME INDEX "file_name_key" TO "name_once";
ALTER TABLE "file" DROP FOREIGN KEY "file_owner_fkey";
ALTER TABLE "file" ADD CONSTRAINT "belongs_to" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE;
ALTER TABLE "file" DROP CONSTRAINT "size_is_positive";
ALTER TABLE "file" ADD CONSTRAINT "size_over_zero" CHECK (size > 0);
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "size_over_zero";
ALTER TABLE "file" ADD CONSTRAINT "size_is_positive" CHECK (size > 0);
ALTER TABLE "file" DROP FOREIGN KEY "belongs_to";
ALTER TABLE "file" ADD CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE;
ALTER TABLE "file" RENAME INDEX "name_once" TO "file_name_key";
