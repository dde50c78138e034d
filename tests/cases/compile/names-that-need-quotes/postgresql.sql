-- upgrade
CREATE TABLE "Order" (
    "Group" INTEGER NOT NULL,
    "it's a ""name""" INTEGER,
    PRIMARY KEY ("Group"),
    UNIQUE ("it's a ""name""")
);
ALTER TABLE "Order" ALTER COLUMN "it's a ""name""" SET NOT NULL;
CREATE INDEX "By Group" ON "Order" ("Group", "it's a ""name""");
-- downgrade
DROP INDEX "By Group";
DROP TABLE "Order";
