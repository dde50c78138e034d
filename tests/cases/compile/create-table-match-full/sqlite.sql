-- upgrade
CREATE TABLE "pair" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    PRIMARY KEY ("a", "b")
);
CREATE TABLE "user_of_one" (
    "id" INTEGER,
    CONSTRAINT "user_of_one_id_fkey" FOREIGN KEY ("id") REFERENCES "person" ("id") MATCH FULL
);
CREATE TABLE "user_of_pair" (
    "a" INTEGER,
    "b" INTEGER,
    CONSTRAINT "user_of_pair_a_b_fkey" FOREIGN KEY ("a", "b") REFERENCES "pair" ("a", "b") MATCH FULL
);
-- downgrade
DROP TABLE "user_of_pair";
DROP TABLE "user_of_one";
DROP TABLE "pair";
