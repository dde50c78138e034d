-- upgrade
CREATE TABLE "visit" (
    "id" INTEGER NOT NULL,
    "at" DATETIME(6) NULL,
    "day" DATE NULL,
    PRIMARY KEY ("id")
);
INSERT INTO visit VALUES (1, '2020-01-02 03:04:05', '2020-01-02'), (2, NULL, NULL);
ALTER TABLE "visit" MODIFY COLUMN "at" DATE NULL;
ALTER TABLE "visit" MODIFY COLUMN "day" DATETIME(6) NULL;
-- downgrade
DROP TABLE "visit";
