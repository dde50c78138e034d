-- upgrade
ALTER TABLE "file" DROP FOREIGN KEY "file_owner_fkey";
ALTER TABLE "file" ADD CONSTRAINT "file_owner" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE SET NULL;
-- downgrade
ALTER TABLE "file" DROP FOREIGN KEY "file_owner";
ALTER TABLE "file" ADD CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE;
