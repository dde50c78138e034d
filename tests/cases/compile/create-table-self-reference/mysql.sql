-- upgrade
CREATE TABLE "tree" (
    "id" INTEGER NOT NULL AUTO_INCREMENT,
    "parent" INTEGER NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "tree_parent_fkey" FOREIGN KEY ("parent") REFERENCES "tree" ("id") ON DELETE CASCADE
);
-- downgrade
DROP TABLE "tree";
