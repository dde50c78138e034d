-- upgrade
CREATE TABLE "moment" (
    "id" INTEGER NOT NULL,
    "a" TIME(3) NULL,
    "b" DATETIME(3) NULL,
    "c" DATETIME(6) NULL,
    "d" TIME(6) NULL,
    PRIMARY KEY ("id")
);
INSERT INTO moment VALUES (1, '10:11:12.500', '2020-01-02 10:11:12.500', '2020-01-02 10:11:12', '10:11:12');
SELECT count(*), NULL FROM "moment" WHERE "b" IS NULL;
ALTER TABLE "moment" MODIFY COLUMN "b" DATETIME(6) NOT NULL;
-- downgrade
DROP TABLE "moment";
