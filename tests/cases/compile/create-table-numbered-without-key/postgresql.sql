-- upgrade
CREATE TABLE "tickets" (
    "id" INTEGER NOT NULL,
    "number" SERIAL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "tickets";
