-- upgrade
SELECT count(*), group_concat(rowid, ', ') FROM "p_book" WHERE NOT (price > 1);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT ''untitled'' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0),
    CONSTRAINT "p_book_dear" CHECK (price > 1)
)'
WHERE type = 'table' AND name = 'p_book';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_p_book" ("x");
DROP TABLE "_migrate_new_p_book";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_book') WHERE quick_check <> 'ok';
-- downgrade
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT ''untitled'' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0)
)'
WHERE type = 'table' AND name = 'p_book';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_p_book" ("x");
DROP TABLE "_migrate_new_p_book";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_book') WHERE quick_check <> 'ok';
