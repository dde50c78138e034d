-- upgrade
CREATE TABLE "Order" (
    "Group" INTEGER NOT NULL,
    "it's a ""name""" INTEGER,
    PRIMARY KEY ("Group"),
    CONSTRAINT "Order_it's a ""name""_key" UNIQUE ("it's a ""name""")
);
CREATE TABLE "_migrate_new_Order" (
    "Group" INTEGER NOT NULL,
    "it's a ""name""" INTEGER NOT NULL,
    PRIMARY KEY ("Group"),
    CONSTRAINT "Order_it's a ""name""_key" UNIQUE ("it's a ""name""")
);
INSERT INTO "_migrate_new_Order" ("Group", "it's a ""name""")
SELECT "Group", "it's a ""name"""
FROM "Order"
ORDER BY rowid;
DROP TABLE "Order";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_Order" RENAME TO "Order";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "By Group" ON "Order" ("Group", "it's a ""name""");
-- downgrade
DROP INDEX "By Group";
DROP TABLE "Order";
