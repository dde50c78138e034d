-- upgrade
CREATE TABLE "p_everything" (
    "id" BIGINT NULL AUTO_INCREMENT,
    "small" SMALLINT NULL,
    "whole" INTEGER NULL DEFAULT -1,
    "large" BIGINT NULL,
    "exact" DECIMAL(10, 2) NULL DEFAULT 0.5,
    "any_number" DECIMAL(65, 30) NULL,
    "single" FLOAT NULL,
    "twice" DOUBLE NULL,
    "float_two" FLOAT NULL,
    "flag" BOOLEAN NOT NULL DEFAULT FALSE,
    "free" VARCHAR(255) NULL,
    "short" VARCHAR(10) NULL DEFAULT 'it''s',
    "fixed" CHAR(3) NULL,
    "long" LONGTEXT NULL DEFAULT ('none'),
    "bytes" LONGBLOB NULL,
    "day" DATE NULL,
    "moment" TIME(6) NULL,
    "at" DATETIME(6) NULL DEFAULT CURRENT_TIMESTAMP(6),
    "at_zone" DATETIME(6) NULL,
    "uid" CHAR(36) NULL,
    "doc" JSON NULL,
    "docb" JSON NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "p_everything";
