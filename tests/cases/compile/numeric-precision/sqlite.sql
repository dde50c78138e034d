-- upgrade
CREATE TABLE "price" (
    "id" INTEGER,
    "amount" NUMERIC(6, 2) NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO price VALUES (1, 12.50);
SELECT count(*), group_concat(rowid, ', ') FROM "price" WHERE "amount" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "price" (
    "id" INTEGER,
    "amount" NUMERIC(12, 4) NOT NULL,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'price';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_price" ("x");
DROP TABLE "_migrate_new_price";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('price') WHERE quick_check <> 'ok';
-- downgrade
DROP TABLE "price";
