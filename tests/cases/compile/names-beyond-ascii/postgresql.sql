-- upgrade
CREATE TABLE "größe" (
    "länge" INTEGER,
    "höhe" VARCHAR(10),
    PRIMARY KEY ("länge")
);
INSERT INTO "größe" VALUES (1, 'ß'), (2, '✓');
ALTER TABLE "größe" ALTER COLUMN "höhe" SET DEFAULT 'ä';
ALTER TABLE "größe" ADD CONSTRAINT "länge_ist_positiv" CHECK ("länge" > 0);
-- downgrade
DROP TABLE "größe";
