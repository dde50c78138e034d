-- upgrade
CREATE TABLE "_migrate_new_p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER,
    "title" VARCHAR(100) DEFAULT 'untitled',
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    "isbn" CHAR(13),
    CONSTRAINT "p_book_isbn_key" UNIQUE ("isbn")
);
INSERT INTO "_migrate_new_p_book" ("id", "author_id", "title", "pages", "price")
SELECT "id", "author_id", "title", "pages", "price"
FROM "p_book"
ORDER BY rowid;
DROP INDEX "p_book_title";
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_p_book_' || row_number() OVER (ORDER BY rowid), '_migrate_new_p_book', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'p_book';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'p_book';
UPDATE "sqlite_schema" SET tbl_name = 'p_book', name = 'sqlite_autoindex_p_book_' || substr(name, 38)
WHERE type = 'index' AND tbl_name = '_migrate_new_p_book' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'p_book' THEN 'CREATE TABLE "p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER NOT NULL,
    "title" VARCHAR(100) DEFAULT ''untitled'' NOT NULL,
    "pages" INTEGER,
    "price" NUMERIC(8, 2),
    "isbn" CHAR(13),
    CONSTRAINT "p_book_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "p_author" ("id") ON DELETE CASCADE,
    CONSTRAINT "p_book_pages_check" CHECK (pages > 0),
    CONSTRAINT "p_book_isbn_key" UNIQUE ("isbn")
)'
ELSE 'CREATE TABLE "_migrate_new_p_book" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_p_book') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('p_book', '_migrate_new_p_book') AND other.name IN ('p_book', '_migrate_new_p_book') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_p_book';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_p_book";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('p_book') WHERE integrity_check <> 'ok';
CREATE INDEX "p_book_title" ON "p_book" ("title");
-- downgrade
CREATE TABLE "_migrate_new_p_book" (
    "id" INTEGER PRIMARY KEY,
    "author_id" INTEGER,
    "title" VARCHAR(100) DEFAULT 'untitled',
    "pages" INTEGER,
    "price" NUMERIC(8, 2)
);
INSERT INTO "_migrate_new_p_book" ("id", "author_id", "title", "pages", "price")
SELECT "id", "author_id", "title", "pages", "price"
FROM "p_book"
ORDER BY rowid;
DROP INDEX "p_book_title";
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_p_book_' || row_number() OVER (ORDER BY rowid), '_migrate_new_p_book', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'p_book';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'p_book';
UPDATE "sqlite_schema" SET tbl_name = 'p_book', name = 'sqlite_autoindex_p_book_' || substr(name, 38)
WHERE type = 'index' AND tbl_name = '_migrate_new_p_book' AND sql IS NULL;
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
ELSE 'CREATE TABLE "_migrate_new_p_book" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_p_book') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('p_book', '_migrate_new_p_book') AND other.name IN ('p_book', '_migrate_new_p_book') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_p_book';
PRAGMA writable_schema = RESET;
ALTER TABLE "_migrate_new_p_book" RENAME TO "_migrate_old_p_book";
DROP TABLE "_migrate_old_p_book";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('p_book') WHERE integrity_check <> 'ok';
CREATE INDEX "p_book_title" ON "p_book" ("title");
