-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
ALTER TABLE "tag" DROP CONSTRAINT "tag_pkey";
CREATE TABLE "label" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
ALTER TABLE "label" RENAME TO "mark";
ALTER TABLE "mark" DROP CONSTRAINT "label_pkey";
CREATE TABLE "sign" (
    "name" VARCHAR(20) NOT NULL,
    CONSTRAINT "pk_sign" PRIMARY KEY ("name")
);
ALTER TABLE "sign" DROP CONSTRAINT "pk_sign";
-- downgrade
DROP TABLE "sign";
DROP TABLE "mark";
DROP TABLE "tag";
