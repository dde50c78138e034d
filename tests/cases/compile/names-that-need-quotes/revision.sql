-- names that need quotes
--
-- Revision ID: ca5e00000135
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE "Order" ("Group" INTEGER NOT NULL PRIMARY KEY, "it's a ""name""" INTEGER UNIQUE);
ALTER TABLE "Order" ALTER COLUMN "it's a ""name""" SET NOT NULL;
CREATE INDEX "By Group" ON "Order" ("Group", "it's a ""name""");

-- migrate: downgrade

DROP INDEX "By Group" ON "Order";
DROP TABLE "Order";
