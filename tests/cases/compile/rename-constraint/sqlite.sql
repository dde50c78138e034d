-- upgrade
CREATE TABLE "_migrate_new_p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_has_pages" CHECK (pages > 0)
);
INSERT INTO "_migrate_new_p_book" ("id", "author_id", "title", "pages", "price")
SELECT "id", "author_id", "title", "pages", "price"
FROM "p_book"
ORDER BY rowid;
DROP TABLE "p_book";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_p_book" RENAME TO "p_book";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "p_book_title" ON "p_book" ("title");
CREATE TABLE "_migrate_new_p_author" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "name" VARCHAR(50) NOT NULL,
    "email" VARCHAR(80),
    CONSTRAINT "p_author_mail" UNIQUE ("email")
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
CREATE TABLE "_migrate_new_p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0)
);
INSERT INTO "_migrate_new_p_book" ("id", "author_id", "title", "pages", "price")
SELECT "id", "author_id", "title", "pages", "price"
FROM "p_book"
ORDER BY rowid;
DROP TABLE "p_book";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_migrate_new_p_book" RENAME TO "p_book";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "p_book_title" ON "p_book" ("title");
