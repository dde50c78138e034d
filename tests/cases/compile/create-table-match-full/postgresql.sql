-- upgrade
CREATE TABLE "pair" (
    "a" INTEGER,
    "b" INTEGER,
    PRIMARY KEY ("a", "b")
);
CREATE TABLE "user_of_one" (
    "id" INTEGER,
    FOREIGN KEY ("id") REFERENCES "person" ("id") MATCH FULL
);
CREATE TABLE "user_of_pair" (
    "a" INTEGER,
    "b" INTEGER,
    FOREIGN KEY ("a", "b") REFERENCES "pair" ("a", "b") MATCH FULL
);
-- downgrade
DROP TABLE "user_of_pair";
DROP TABLE "user_of_one";
DROP TABLE "pair";
