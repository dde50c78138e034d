-- upgrade
CREATE TABLE "kinds" (
    "a" SMALLINT NULL,
    "b" INTEGER NULL,
    "c" BIGINT NULL,
    "d" DECIMAL(65, 30) NULL,
    "e" DECIMAL(10, 0) NULL,
    "f" DECIMAL(10, 2) NULL,
    "g" FLOAT NULL,
    "h" DOUBLE NULL,
    "i" DOUBLE NULL,
    "j" FLOAT NULL,
    "k" DOUBLE NULL,
    "l" BOOLEAN NULL,
    "m" VARCHAR(255) NULL,
    "n" VARCHAR(40) NULL,
    "o" CHAR(1) NULL,
    "p" CHAR(3) NULL,
    "q" LONGTEXT NULL,
    "r" LONGBLOB NULL,
    "s" DATE NULL,
    "t" TIME(6) NULL,
    "u" TIME(3) NULL,
    "v" DATETIME(6) NULL,
    "w" DATETIME(3) NULL,
    "x" CHAR(36) NULL,
    "y" JSON NULL,
    "z" JSON NULL
);
-- downgrade
DROP TABLE "kinds";
