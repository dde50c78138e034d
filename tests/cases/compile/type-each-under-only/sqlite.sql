-- upgrade
CREATE TABLE "kinds" (
    "id" INTEGER,
    "a" anything,
    "b" STRING,
    "c",
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "kinds";
