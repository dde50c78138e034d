-- upgrade
CREATE TABLE "odd" (
    "id" INTEGER,
    "v" never_made,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "odd";
