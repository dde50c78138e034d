-- upgrade
CREATE TABLE "counted" (
    "id" INTEGER NOT NULL,
    "n" INTEGER UNSIGNED NULL,
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "counted";
