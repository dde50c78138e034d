-- upgrade
CREATE TABLE "Order" (
    "Group" INTEGER NOT NULL,
    "it's a ""name""" INTEGER,
    PRIMARY KEY ("Group"),
    CONSTRAINT "Order_it's a ""name""_key" UNIQUE ("it's a ""name""")
);
SELECT count(*), group_concat(rowid, ', ') FROM "Order" WHERE "it's a ""name""" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "Order" (
    "Group" INTEGER NOT NULL,
    "it''s a ""name""" INTEGER NOT NULL,
    PRIMARY KEY ("Group"),
    CONSTRAINT "Order_it''s a ""name""_key" UNIQUE ("it''s a ""name""")
)'
WHERE type = 'table' AND name = 'Order';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_Order" ("x");
DROP TABLE "_migrate_new_Order";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('Order') WHERE quick_check <> 'ok';
CREATE INDEX "By Group" ON "Order" ("Group", "it's a ""name""");
-- downgrade
DROP INDEX "By Group";
DROP TABLE "Order";
