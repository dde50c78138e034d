-- upgrade
CREATE TABLE "spans" (
    "length" INTERVAL
);
-- downgrade
DROP TABLE "spans";
