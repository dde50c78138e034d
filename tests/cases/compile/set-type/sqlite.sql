-- upgrade
CREATE TABLE "_migrate_new_p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT 'untitled' NOT NULL,
    "pages" BIGINT,
    "price" DOUBLE PRECISION,
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
-- downgrade
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
