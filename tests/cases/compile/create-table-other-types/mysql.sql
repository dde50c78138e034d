-- upgrade
CREATE TABLE "other" (
    "a" MEDIUMTEXT NULL,
    "b" INTEGER UNSIGNED NULL,
    "c" ENUM('x', 'y') NULL,
    "d" YEAR NULL
);
-- downgrade
DROP TABLE "other";
