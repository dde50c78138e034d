-- names beyond ascii
--
-- Revision ID: ca5e00000217
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE "größe" ("länge" INTEGER PRIMARY KEY, "höhe" VARCHAR(10));
INSERT INTO "größe" VALUES (1, 'ß'), (2, '✓');
ALTER TABLE "größe" ALTER COLUMN "höhe" SET DEFAULT 'ä';
ALTER TABLE "größe" ADD CONSTRAINT "länge_ist_positiv" CHECK ("länge" > 0);

-- migrate: downgrade

DROP TABLE "größe";
