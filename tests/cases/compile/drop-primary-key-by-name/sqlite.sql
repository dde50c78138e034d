-- upgrade
CREATE TABLE "tag" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
CREATE TABLE "_migrate_new_tag" (
    "name" VARCHAR(20) NOT NULL
);
INSERT INTO "_migrate_new_tag" (rowid, "name")
SELECT rowid, "name"
FROM "tag"
ORDER BY rowid;
DROP TABLE "tag";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_tag" RENAME TO "tag";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "label" (
    "name" VARCHAR(20) NOT NULL,
    PRIMARY KEY ("name")
);
ALTER TABLE "label" RENAME TO "mark";
CREATE TABLE "_migrate_new_mark" (
    "name" VARCHAR(20) NOT NULL
);
INSERT INTO "_migrate_new_mark" (rowid, "name")
SELECT rowid, "name"
FROM "mark"
ORDER BY rowid;
DROP TABLE "mark";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_mark" RENAME TO "mark";
PRAGMA legacy_alter_table = OFF;
CREATE TABLE "sign" (
    "name" VARCHAR(20) NOT NULL,
    CONSTRAINT "pk_sign" PRIMARY KEY ("name")
);
CREATE TABLE "_migrate_new_sign" (
    "name" VARCHAR(20) NOT NULL
);
INSERT INTO "_migrate_new_sign" (rowid, "name")
SELECT rowid, "name"
FROM "sign"
ORDER BY rowid;
DROP TABLE "sign";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_sign" RENAME TO "sign";
PRAGMA legacy_alter_table = OFF;
-- downgrade
DROP TABLE "sign";
DROP TABLE "mark";
DROP TABLE "tag";
