-- upgrade
CREATE TABLE "reader" (
    "person_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    CONSTRAINT "reader_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    CONSTRAINT "reader_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file" ("id"),
    PRIMARY KEY ("person_id", "file_id")
);
CREATE TABLE "_migrate_new_reader" (
    "person_id" INTEGER,
    "file_id" INTEGER
);
INSERT INTO "_migrate_new_reader" (rowid, "person_id", "file_id")
SELECT rowid, "person_id", "file_id"
FROM "reader"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_reader_' || row_number() OVER (ORDER BY rowid), '_migrate_new_reader', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'reader';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'reader';
UPDATE "sqlite_schema" SET tbl_name = 'reader', name = 'sqlite_autoindex_reader_' || substr(name, 38)
WHERE type = 'index' AND tbl_name = '_migrate_new_reader' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'reader' THEN 'CREATE TABLE "reader" (
    "person_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    CONSTRAINT "reader_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id"),
    CONSTRAINT "reader_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file" ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_reader" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_reader') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('reader', '_migrate_new_reader') AND other.name IN ('reader', '_migrate_new_reader') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_reader';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_reader";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('reader') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "reader";
