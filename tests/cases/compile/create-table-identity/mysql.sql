-- upgrade
CREATE TABLE "p_first" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY ("id")
);
CREATE TABLE "p_second" (
    "id" BIGINT NOT NULL AUTO_INCREMENT,
    "n" INTEGER NULL,
    PRIMARY KEY ("id")
);
CREATE TABLE "p_third" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "p_third";
DROP TABLE "p_second";
DROP TABLE "p_first";
