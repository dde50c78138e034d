-- upgrade
CREATE TABLE "price" (
    "id" INTEGER,
    "amount" NUMERIC(6, 2) NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO price VALUES (1, 12.50);
ALTER TABLE "price" ALTER COLUMN "amount" TYPE NUMERIC(12, 4);
-- downgrade
DROP TABLE "price";
