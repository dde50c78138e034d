-- upgrade
CREATE TABLE "order" (
    "group" INTEGER,
    "select" VARCHAR(10),
    "from" INTEGER,
    PRIMARY KEY ("group")
);
INSERT INTO "order" VALUES (1, 'a', 2);
ALTER TABLE "order" ALTER COLUMN "select" SET NOT NULL;
ALTER TABLE "order" ADD CONSTRAINT "check" CHECK ("from" > 0);
CREATE INDEX "index" ON "order" ("from");
-- downgrade
DROP TABLE "order";
