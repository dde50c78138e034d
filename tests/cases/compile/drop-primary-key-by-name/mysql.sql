-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
ALTER TABLE "tag" DROP PRIMARY KEY;
CREATE TABLE "label" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
ALTER TABLE "label" RENAME TO "mark";
ALTER TABLE "mark" DROP PRIMARY KEY;
CREATE TABLE "sign" (
    "name" VARCHAR(20) NOT NULL,
    CONSTRAINT "pk_sign" PRIMARY KEY ("name")
);
ALTER TABLE "sign" DROP PRIMARY KEY;
-- downgrade
DROP TABLE "sign";
DROP TABLE "mark";
DROP TABLE "tag";
