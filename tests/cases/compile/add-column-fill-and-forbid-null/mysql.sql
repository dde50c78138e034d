-- upgrade
ALTER TABLE "file" ADD COLUMN "kind" VARCHAR(10) NULL;
UPDATE file SET kind = CASE WHEN size > 15 THEN 'large' ELSE 'small' END;
SELECT count(*), NULL FROM "file" WHERE "kind" IS NULL;
ALTER TABLE "file" MODIFY COLUMN "kind" VARCHAR(10) NOT NULL;
ALTER TABLE "file" ADD CONSTRAINT "kind_is_known" CHECK (kind IN ('large', 'small'));
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "kind_is_known";
ALTER TABLE "file" DROP COLUMN "kind";
