-- upgrade
CREATE DOMAIN amount AS INTEGER CHECK (VALUE >= 0);
CREATE TABLE "odd" (
    "id" INTEGER,
    "v" amount,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "odd";
DROP DOMAIN amount;
