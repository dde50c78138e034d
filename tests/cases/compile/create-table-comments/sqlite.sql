-- upgrade
CREATE TABLE "remark" (
    "id" INTEGER NOT NULL,
    "text" VARCHAR(20),
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "remark";
