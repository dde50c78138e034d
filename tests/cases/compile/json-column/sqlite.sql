-- upgrade
ALTER TABLE "file" ADD COLUMN "doc" TEXT;
UPDATE file SET doc = '{}';
CREATE TABLE "_migrate_new_file" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) DEFAULT 'new' NOT NULL,
    "size" INTEGER,
    "note" VARCHAR(200),
    "owner" INTEGER,
    "doc" TEXT NOT NULL,
    CONSTRAINT "file_owner_fkey" FOREIGN KEY ("owner") REFERENCES "person" ("id") ON DELETE CASCADE,
    CONSTRAINT "file_name_key" UNIQUE ("name"),
    CONSTRAINT "size_is_positive" CHECK (size > 0)
);
INSERT INTO "_migrate_new_file" ("id", "name", "size", "note", "owner", "doc")
SELECT "id", "name", "size", "note", "owner", "doc"
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
ALTER TABLE "file" DROP COLUMN "doc";
