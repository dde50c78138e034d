-- upgrade
CREATE TABLE "sized" (
    "id" INTEGER NOT NULL,
    "size" ENUM('s', 'm', 'l') NULL DEFAULT 'm',
    PRIMARY KEY ("id")
);
-- downgrade
DROP TABLE "sized";
