-- upgrade
CREATE TABLE "spans" (
    "length" TEXT
);
-- downgrade
DROP TABLE "spans";
