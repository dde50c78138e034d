-- upgrade
CREATE TABLE "member" (
    "team" INTEGER NOT NULL,
    "person" INTEGER NOT NULL,
    "role" VARCHAR(10),
    CONSTRAINT "member_person_fkey" FOREIGN KEY ("person") REFERENCES "person" ("id"),
    PRIMARY KEY ("team", "person")
);
INSERT INTO member VALUES (1, 1, 'lead'), (1, 2, NULL);
CREATE TABLE "_migrate_new_member" (
    "team" INTEGER,
    "person" INTEGER,
    "role" VARCHAR(10) DEFAULT 'none',
    PRIMARY KEY ("team", "person")
);
INSERT INTO "_migrate_new_member" (rowid, "team", "person", "role")
SELECT rowid, "team", "person", "role"
FROM "member"
ORDER BY rowid;
PRAGMA writable_schema = ON;
INSERT INTO "sqlite_schema" (type, name, tbl_name, rootpage, sql)
SELECT 'index', 'sqlite_autoindex__migrate_new_member_' || row_number() OVER (ORDER BY rowid), '_migrate_new_member', rootpage, 'old'
FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'member';
DELETE FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = 'member';
UPDATE "sqlite_schema" SET tbl_name = 'member', name = 'sqlite_autoindex_member_' || substr(name, 38)
WHERE type = 'index' AND tbl_name = '_migrate_new_member' AND sql IS NULL;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'member' THEN 'CREATE TABLE "member" (
    "team" INTEGER NOT NULL,
    "person" INTEGER NOT NULL,
    "role" VARCHAR(10) DEFAULT ''none'',
    CONSTRAINT "member_person_fkey" FOREIGN KEY ("person") REFERENCES "person" ("id"),
    PRIMARY KEY ("team", "person")
)'
ELSE 'CREATE TABLE "_migrate_new_member" (x' || (SELECT coalesce(group_concat(', x' || rowid || ' UNIQUE', ''), '') FROM "sqlite_schema" WHERE type = 'index' AND tbl_name = '_migrate_new_member') || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('member', '_migrate_new_member') AND other.name IN ('member', '_migrate_new_member') AND one.name <> other.name;
UPDATE "sqlite_schema" SET sql = NULL WHERE type = 'index' AND tbl_name = '_migrate_new_member';
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_member";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('member') WHERE integrity_check <> 'ok';
ALTER TABLE "member" ADD COLUMN "since" DATE;
-- downgrade
DROP TABLE "member";
