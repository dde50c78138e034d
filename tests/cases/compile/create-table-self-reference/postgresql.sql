-- upgrade
CREATE TABLE "tree" (
    "id" SERIAL,
    "parent" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("parent") REFERENCES "tree" ON DELETE CASCADE
);
-- downgrade
DROP TABLE "tree";
