-- upgrade
ALTER TABLE "file" ADD COLUMN "during" tstzrange;
-- downgrade
ALTER TABLE "file" DROP COLUMN "during";
