-- upgrade
CREATE TABLE "counted" (
    "id" INTEGER,
    "n" INTEGER UNSIGNED,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "counted";
