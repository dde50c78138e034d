-- upgrade
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new' NOT NULL,
    "note" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name")
);
INSERT INTO "_migrate_new_file" ("id", "name", "note", "owner")
SELECT "id", "name", "note", "owner"
FROM "file"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_file';
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_migrate_new_file', seq FROM "sqlite_sequence" WHERE name = 'file';
DROP TABLE "file";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_file" RENAME TO "file";
PRAGMA legacy_alter_table = OFF;
-- downgrade
ALTER TABLE "file" ADD COLUMN "size" INTEGER;
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new' NOT NULL,
    "note" VARCHAR(200),
    "owner" INTEGER,
    "size" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0)
);
INSERT INTO "_migrate_new_file" ("id", "name", "note", "owner", "size")
SELECT "id", "name", "note", "owner", "size"
FROM "file"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_file';
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_migrate_new_file', seq FROM "sqlite_sequence" WHERE name = 'file';
DROP TABLE "file";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_file" RENAME TO "file";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_file_size" ON "file" ("size");
