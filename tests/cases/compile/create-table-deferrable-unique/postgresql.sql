-- upgrade
CREATE TABLE "later" (
    "rank" INTEGER,
    CONSTRAINT "later_rank" UNIQUE ("rank") DEFERRABLE INITIALLY IMMEDIATE
);
-- downgrade
DROP TABLE "later";
