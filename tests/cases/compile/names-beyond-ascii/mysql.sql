-- upgrade
CREATE TABLE "größe" (
    "länge" INTEGER NOT NULL,
    "höhe" VARCHAR(10) NULL,
    PRIMARY KEY ("länge")
);
INSERT INTO "größe" VALUES (1, 'ß'), (2, '✓');
ALTER TABLE "größe" MODIFY COLUMN "höhe" VARCHAR(10) NULL DEFAULT 'ä';
ALTER TABLE "größe" ADD CONSTRAINT "länge_ist_positiv" CHECK ("länge" > 0);
-- downgrade
DROP TABLE "größe";
