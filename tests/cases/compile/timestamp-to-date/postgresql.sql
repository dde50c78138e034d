-- upgrade
CREATE TABLE "visit" (
    "id" INTEGER,
    "at" TIMESTAMP,
    "day" DATE,
    PRIMARY KEY ("id")
);
INSERT INTO visit VALUES (1, '2020-01-02 03:04:05', '2020-01-02'), (2, NULL, NULL);
ALTER TABLE "visit" ALTER COLUMN "at" TYPE DATE;
ALTER TABLE "visit" ALTER COLUMN "day" TYPE TIMESTAMP;
-- downgrade
DROP TABLE "visit";
