-- upgrade
CREATE TABLE "one" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT
);
CREATE TABLE "two" (
    "id" INTEGER PRIMARY KEY,
    "n" INTEGER
);
CREATE TABLE "three" (
    "id" INTEGER CONSTRAINT "three_id" PRIMARY KEY
);
CREATE TABLE "four" (
    "id" INTEGER PRIMARY KEY
);
CREATE TABLE "five" (
    "id" INTEGER PRIMARY KEY
);
CREATE TABLE "six" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT
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
