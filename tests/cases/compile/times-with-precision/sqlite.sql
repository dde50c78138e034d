-- upgrade
CREATE TABLE "moment" (
    "id" INTEGER,
    "a" TIME(3),
    "b" TIMESTAMP(3),
    "c" TIMESTAMP WITH TIME ZONE,
    "d" TIME,
    PRIMARY KEY ("id")
);
INSERT INTO moment VALUES (1, '10:11:12.500', '2020-01-02 10:11:12.500', '2020-01-02 10:11:12', '10:11:12');
SELECT count(*), group_concat(rowid, ', ') FROM "moment" WHERE "b" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "moment" (
    "id" INTEGER,
    "a" TIME(3),
    "b" TIMESTAMP(6) NOT NULL,
    "c" TIMESTAMP WITH TIME ZONE,
    "d" TIME,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'moment';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_moment" ("x");
DROP TABLE "_migrate_new_moment";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('moment') WHERE quick_check <> 'ok';
-- downgrade
DROP TABLE "moment";
