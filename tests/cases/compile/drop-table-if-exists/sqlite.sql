-- upgrade
DROP TABLE IF EXISTS "nowhere";
CREATE TABLE "somewhere" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE IF EXISTS "somewhere";
