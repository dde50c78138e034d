-- upgrade
CREATE TABLE "p_first" (
    "id" INTEGER PRIMARY KEY
);
CREATE TABLE "p_second" (
    "id" INTEGER PRIMARY KEY,
    "n" INTEGER
);
CREATE TABLE "p_third" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT
);
-- downgrade
DROP TABLE "p_third";
DROP TABLE "p_second";
DROP TABLE "p_first";
