-- upgrade
ALTER TABLE "file" ADD COLUMN "checksum" VARCHAR(64) NULL;
ALTER TABLE "file" ADD COLUMN "rank" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL DEFAULT 'none';
ALTER TABLE "file" MODIFY COLUMN "size" BIGINT NULL;
ALTER TABLE "file" DROP CONSTRAINT "size_is_positive";
ALTER TABLE "file" ADD CONSTRAINT "size_is_small" CHECK (size < 1000000);
ALTER TABLE "file" ADD CONSTRAINT "checksum_once" UNIQUE ("checksum");
-- downgrade
ALTER TABLE "file" DROP INDEX "checksum_once";
ALTER TABLE "file" DROP CONSTRAINT "size_is_small";
ALTER TABLE "file" ADD CONSTRAINT "size_is_positive" CHECK (size > 0);
ALTER TABLE "file" MODIFY COLUMN "size" INTEGER NULL;
ALTER TABLE "file" MODIFY COLUMN "note" VARCHAR(200) NULL;
ALTER TABLE "file" DROP COLUMN "rank";
ALTER TABLE "file" DROP COLUMN "checksum";
