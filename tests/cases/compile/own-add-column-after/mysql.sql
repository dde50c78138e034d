-- upgrade
CREATE TABLE "placed" (
    "id" INTEGER NOT NULL,
    "last" INTEGER NULL,
    PRIMARY KEY ("id")
);
ALTER TABLE placed ADD COLUMN extra INTEGER AFTER id;
-- downgrade
DROP TABLE "placed";
