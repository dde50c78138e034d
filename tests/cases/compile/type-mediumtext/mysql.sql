-- upgrade
CREATE TABLE "page" (
    "id" INTEGER NOT NULL,
    "body" MEDIUMTEXT NULL,
    "small" TINYTEXT NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "page";
