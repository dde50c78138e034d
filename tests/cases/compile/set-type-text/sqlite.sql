-- upgrade
CREATE TABLE "_migrate_new_p_author" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(200) NOT NULL,
    "email" VARCHAR(80),
    CONSTRAINT "p_author_email_key" UNIQUE ("email")
);
INSERT INTO "_migrate_new_p_author" ("id", "name", "email")
SELECT "id", "name", "email"
FROM "p_author"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_p_author';
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_migrate_new_p_author', seq FROM "sqlite_sequence" WHERE name = 'p_author';
DROP TABLE "p_author";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_p_author" RENAME TO "p_author";
PRAGMA legacy_alter_table = OFF;
-- downgrade
CREATE TABLE "_migrate_new_p_author" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) NOT NULL,
    "email" VARCHAR(80),
    CONSTRAINT "p_author_email_key" UNIQUE ("email")
);
INSERT INTO "_migrate_new_p_author" ("id", "name", "email")
SELECT "id", "name", "email"
FROM "p_author"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_p_author';
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_migrate_new_p_author', seq FROM "sqlite_sequence" WHERE name = 'p_author';
DROP TABLE "p_author";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_p_author" RENAME TO "p_author";
PRAGMA legacy_alter_table = OFF;
