-- upgrade
CREATE TABLE "_migrate_new_person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "person_name_key" UNIQUE ("name"),
    CONSTRAINT "name_not_blank" CHECK (name <> ''),
    CONSTRAINT "person_id_check" CHECK (id > 0)
);
INSERT INTO "_migrate_new_person" ("id", "name")
SELECT "id", "name"
FROM "person"
ORDER BY rowid;
DROP TABLE "person";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_person" RENAME TO "person";
PRAGMA legacy_alter_table = OFF;
ALTER TABLE "file" ADD COLUMN "author" INTEGER;
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    "author" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0),
    CONSTRAINT "file_author_fkey" FOREIGN KEY ("author") REFERENCES "person" ("id")
);
INSERT INTO "_migrate_new_file" ("id", "name", "size", "note", "owner", "author")
SELECT "id", "name", "size", "note", "owner", "author"
FROM "file"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_file';
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_migrate_new_file', seq FROM "sqlite_sequence" WHERE name = 'file';
DROP TABLE "file";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_file" RENAME TO "file";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_file_size" ON "file" ("size");
-- downgrade
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0)
);
INSERT INTO "_migrate_new_file" ("id", "name", "size", "note", "owner")
SELECT "id", "name", "size", "note", "owner"
FROM "file"
ORDER BY rowid;
DELETE FROM "sqlite_sequence" WHERE name = '_migrate_new_file';
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_migrate_new_file', seq FROM "sqlite_sequence" WHERE name = 'file';
DROP TABLE "file";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_file" RENAME TO "file";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "ix_file_size" ON "file" ("size");
CREATE TABLE "_migrate_new_person" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50) NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_person" ("id", "name")
SELECT "id", "name"
FROM "person"
ORDER BY rowid;
DROP TABLE "person";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_person" RENAME TO "person";
PRAGMA legacy_alter_table = OFF;
