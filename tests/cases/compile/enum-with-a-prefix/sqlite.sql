-- upgrade
ALTER TABLE "p_book" ADD COLUMN "state" TEXT DEFAULT 'new' CONSTRAINT "p_book_state_enum" CHECK ("state" IN ('new', 'done'));
SELECT count(*), replace(group_concat(DISTINCT quote("state")), ''',''', ''', ''') FROM "p_book" WHERE "state" NOT IN ('new', 'done', 'lost');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT ''untitled'' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    "state" TEXT DEFAULT ''new'',
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0),
    CONSTRAINT "p_book_state_enum" CHECK ("state" IN (''new'', ''done'', ''lost''))
)'
WHERE type = 'table' AND name = 'p_book';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_p_book" ("x");
DROP TABLE "_migrate_new_p_book";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_book') WHERE quick_check <> 'ok';
-- downgrade
CREATE TABLE "_migrate_new_p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER,
    "title" BLOB DEFAULT 'untitled',
    "pages" INTEGER,
    "price" NUMERIC(8, 2)
);
INSERT INTO "_migrate_new_p_book" ("id", "author_id", "title", "pages", "price")
SELECT "id", "author_id", "title", "pages", "price"
FROM "p_book"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'p_book' THEN 'CREATE TABLE "p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT ''untitled'' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0)
)'
ELSE 'CREATE TABLE "_migrate_new_p_book" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('p_book', '_migrate_new_p_book') AND other.name IN ('p_book', '_migrate_new_p_book') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
ALTER TABLE "_migrate_new_p_book" RENAME TO "_migrate_old_p_book";
DROP TABLE "_migrate_old_p_book";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_book') WHERE quick_check <> 'ok';
