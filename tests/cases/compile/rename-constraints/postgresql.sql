-- upgrade
ALTER TABLE "file" RENAME CONSTRAINT "file_name_key" TO "name_once";
ALTER TABLE "file" RENAME CONSTRAINT "file_owner_fkey" TO "belongs_to";
ALTER TABLE "file" RENAME CONSTRAINT "size_is_positive" TO "size_over_zero";
-- downgrade
ALTER TABLE "file" RENAME CONSTRAINT "size_over_zero" TO "size_is_positive";
ALTER TABLE "file" RENAME CONSTRAINT "belongs_to" TO "file_owner_fkey";
ALTER TABLE "file" RENAME CONSTRAINT "name_once" TO "file_name_key";
