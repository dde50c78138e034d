-- names in mixed case
--
-- Revision ID: ca5e00000218
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE "Mixed" ("Id" INTEGER PRIMARY KEY, "UserName" VARCHAR(10));
INSERT INTO "Mixed" VALUES (1, 'a');
ALTER TABLE "Mixed" RENAME COLUMN "UserName" TO "LoginName";
ALTER TABLE "Mixed" ALTER COLUMN "LoginName" SET NOT NULL;
CREATE INDEX "IxLogin" ON "Mixed" ("LoginName");

-- migrate: downgrade

DROP TABLE "Mixed";
