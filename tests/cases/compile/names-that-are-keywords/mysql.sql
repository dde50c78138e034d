-- upgrade
CREATE TABLE "order" (
    "group" INTEGER NOT NULL,
    "select" VARCHAR(10) NULL,
    "from" INTEGER NULL,
    PRIMARY KEY ("group")
);
INSERT INTO "order" VALUES (1, 'a', 2);
SELECT count(*), NULL FROM "order" WHERE "select" IS NULL;
ALTER TABLE "order" MODIFY COLUMN "select" VARCHAR(10) NOT NULL;
ALTER TABLE "order" ADD CONSTRAINT "check" CHECK ("from" > 0);
CREATE INDEX "index" ON "order" ("from");
-- downgrade
DROP TABLE "order";
