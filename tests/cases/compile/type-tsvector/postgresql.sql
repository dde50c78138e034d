-- upgrade
CREATE TABLE "found" (
    "id" INTEGER,
    "words" tsvector,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "found";
