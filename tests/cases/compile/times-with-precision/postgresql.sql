-- upgrade
CREATE TABLE "moment" (
    "id" INTEGER,
    "a" TIME(3),
    "b" TIMESTAMP(3),
    "c" TIMESTAMP WITH TIME ZONE,
    "d" TIME,
    PRIMARY KEY ("id")
);
INSERT INTO moment VALUES (1, '10:11:12.500', '2020-01-02 10:11:12.500', '2020-01-02 10:11:12', '10:11:12');
ALTER TABLE "moment" ALTER COLUMN "b" TYPE TIMESTAMP(6);
ALTER TABLE "moment" ALTER COLUMN "b" SET NOT NULL;
-- downgrade
DROP TABLE "moment";
