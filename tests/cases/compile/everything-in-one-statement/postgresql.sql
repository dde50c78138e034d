-- upgrade
ALTER TABLE "file" ADD COLUMN "checksum" VARCHAR(64);
ALTER TABLE "file" ADD COLUMN "rank" INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE "file" ALTER COLUMN "note" SET DEFAULT 'none';
ALTER TABLE "file" ALTER COLUMN "size" TYPE BIGINT;
ALTER TABLE "file" DROP CONSTRAINT "size_is_positive";
ALTER TABLE "file" ADD CONSTRAINT "size_is_small" CHECK (size < 1000000);
ALTER TABLE "file" ADD CONSTRAINT "checksum_once" UNIQUE ("checksum");
-- downgrade
ALTER TABLE "file" DROP CONSTRAINT "checksum_once";
ALTER TABLE "file" DROP CONSTRAINT "size_is_small";
ALTER TABLE "file" ADD CONSTRAINT "size_is_positive" CHECK (size > 0);
ALTER TABLE "file" ALTER COLUMN "size" TYPE INTEGER;
ALTER TABLE "file" ALTER COLUMN "note" DROP DEFAULT;
ALTER TABLE "file" DROP COLUMN "rank";
ALTER TABLE "file" DROP COLUMN "checksum";
