-- upgrade
CREATE TABLE "other" (
    "a" tsvector,
    "b" INTEGER[],
    "c" inet
);
-- downgrade
DROP TABLE "other";
