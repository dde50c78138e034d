-- upgrade
CREATE TABLE "tagged" (
    "id" INTEGER,
    "tags" TEXT[],
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "tagged";
