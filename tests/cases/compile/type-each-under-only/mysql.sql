-- upgrade
CREATE TABLE "kinds" (
    "id" INTEGER NOT NULL,
    "a" MEDIUMTEXT NULL,
    "b" INTEGER UNSIGNED NULL,
    "c" SET('x', 'y') NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "kinds";
