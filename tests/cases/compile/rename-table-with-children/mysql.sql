-- upgrade
ALTER TABLE "person" RENAME TO "people";
ALTER TABLE "people" MODIFY COLUMN "name" VARCHAR(60) NOT NULL;
-- downgrade
ALTER TABLE "people" MODIFY COLUMN "name" VARCHAR(50) NOT NULL;
ALTER TABLE "people" RENAME TO "person";
