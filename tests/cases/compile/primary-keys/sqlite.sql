-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL
);
CREATE TABLE "_migrate_new_tag" (
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL,
    CONSTRAINT "tag_key" PRIMARY KEY ("name", "place")
);
INSERT INTO "_migrate_new_tag" (rowid, "name", "place")
SELECT rowid, "name", "place"
FROM "tag"
ORDER BY rowid;
DROP TABLE "tag";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_tag" RENAME TO "tag";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "tag" RENAME TO "label";
-- downgrade
ALTER TABLE "label" RENAME TO "tag";
CREATE TABLE "_migrate_new_tag" (
    "name" VARCHAR(20) NOT NULL,
    "place" INTEGER NOT NULL
);
INSERT INTO "_migrate_new_tag" (rowid, "name", "place")
SELECT rowid, "name", "place"
FROM "tag"
ORDER BY rowid;
DROP TABLE "tag";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_tag" RENAME TO "tag";
PRAGMA legacy_alter_table = OFF;
DROP TABLE "tag";
