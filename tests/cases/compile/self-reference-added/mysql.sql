-- upgrade
ALTER TABLE "person" ADD COLUMN "boss_id" INTEGER NULL;
UPDATE person SET boss_id = 1 WHERE id = 2;
ALTER TABLE "person" ADD CONSTRAINT "person_boss" FOREIGN KEY ("boss_id") REFERENCES "person" ("id") ON DELETE SET NULL;
-- downgrade
ALTER TABLE "person" DROP FOREIGN KEY "person_boss";
ALTER TABLE "person" DROP COLUMN "boss_id";
