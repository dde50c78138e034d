-- upgrade
CREATE TABLE "tree" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "parent" INTEGER,
    CONSTRAINT "tree_parent_fkey" FOREIGN KEY ("parent") REFERENCES "tree" ON DELETE CASCADE
);
-- downgrade
DROP TABLE "tree";
