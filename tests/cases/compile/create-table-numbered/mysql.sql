-- upgrade
CREATE TABLE "one" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY ("id")
);
CREATE TABLE "two" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    "n" INTEGER NULL,
    PRIMARY KEY ("id")
);
CREATE TABLE "three" (
    "id" BIGINT NOT NULL AUTO_INCREMENT,
    CONSTRAINT "three_id" PRIMARY KEY ("id")
);
CREATE TABLE "four" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY ("id")
);
CREATE TABLE "five" (
    "id" BIGINT NOT NULL AUTO_INCREMENT,
    PRIMARY KEY ("id")
);
CREATE TABLE "six" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY ("id")
);
CREATE TABLE "seven" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "one";
DROP TABLE "two";
DROP TABLE "three";
DROP TABLE "four";
DROP TABLE "five";
DROP TABLE "six";
DROP TABLE "seven";
