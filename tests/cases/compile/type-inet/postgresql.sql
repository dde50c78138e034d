-- upgrade
CREATE TABLE "host" (
    "id" INTEGER,
    "address" inet,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "host";
