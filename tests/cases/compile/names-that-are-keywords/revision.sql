-- names that are keywords
--
-- Revision ID: ca5e00000216
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE "order" ("group" INTEGER PRIMARY KEY, "select" VARCHAR(10), "from" INTEGER);
INSERT INTO "order" VALUES (1, 'a', 2);
ALTER TABLE "order" ALTER COLUMN "select" SET NOT NULL;
ALTER TABLE "order" ADD CONSTRAINT "check" CHECK ("from" > 0);
CREATE INDEX "index" ON "order" ("from");

-- migrate: downgrade

DROP TABLE "order";
