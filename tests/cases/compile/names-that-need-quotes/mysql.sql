-- upgrade
CREATE TABLE "Order" (
    "Group" INTEGER NOT NULL,
    "it's a ""name""" INTEGER NULL,
    PRIMARY KEY ("Group"),
    CONSTRAINT "Order_it's a ""name""_key" UNIQUE ("it's a ""name""")
);
SELECT count(*), NULL FROM "Order" WHERE "it's a ""name""" IS NULL;
ALTER TABLE "Order" MODIFY COLUMN "it's a ""name""" INTEGER NOT NULL;
CREATE INDEX "By Group" ON "Order" ("Group", "it's a ""name""");
-- downgrade
DROP INDEX "By Group" ON "Order";
DROP TABLE "Order";
