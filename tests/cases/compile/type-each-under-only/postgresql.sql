-- upgrade
CREATE TABLE "kinds" (
    "id" INTEGER,
    "a" tsvector,
    "b" int4range,
    "c" TEXT[],
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "kinds";
