-- upgrade
ALTER TABLE "person" RENAME TO "people";
ALTER TABLE "people" ALTER COLUMN "name" TYPE VARCHAR(60);
-- downgrade
ALTER TABLE "people" ALTER COLUMN "name" TYPE VARCHAR(50);
ALTER TABLE "people" RENAME TO "person";
