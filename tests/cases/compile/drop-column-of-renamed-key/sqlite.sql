-- upgrade
CREATE TABLE "p_shelf" (
    "id" INTEGER PRIMARY KEY,
    "book_id" INTEGER,
    "room" INTEGER,
    CONSTRAINT "p_shelf_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "p_book" ("id")
);
CREATE TABLE "_migrate_new_p_shelf" (
    "id" INTEGER PRIMARY KEY,
    "room" INTEGER
);
INSERT INTO "_migrate_new_p_shelf" ("id", "room")
SELECT "id", "room"
FROM "p_shelf"
ORDER BY rowid;
DROP TABLE "p_shelf";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_p_shelf" RENAME TO "p_shelf";
PRAGMA legacy_alter_table = OFF;
-- downgrade
DROP TABLE "p_shelf";
