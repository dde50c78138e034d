-- upgrade
CREATE TABLE "price" (
    "id" INTEGER NOT NULL,
    "amount" DECIMAL(6, 2) NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO price VALUES (1, 12.50);
ALTER TABLE "price" MODIFY COLUMN "amount" DECIMAL(12, 4) NOT NULL;
-- downgrade
DROP TABLE "price";
