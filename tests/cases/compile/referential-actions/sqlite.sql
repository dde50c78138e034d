-- upgrade
CREATE TABLE "target" (
    "id" INTEGER,
    PRIMARY KEY ("id")
);
CREATE TABLE "source" (
    "id" INTEGER,
    "a" INTEGER,
    "b" INTEGER,
    "c" INTEGER,
    "d" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "source_a_fkey" FOREIGN KEY ("a") REFERENCES "target" ("id") ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT "source_b_fkey" FOREIGN KEY ("b") REFERENCES "target" ("id") ON UPDATE SET NULL ON DELETE SET NULL,
    CONSTRAINT "source_c_fkey" FOREIGN KEY ("c") REFERENCES "target" ("id") ON UPDATE RESTRICT ON DELETE RESTRICT,
    CONSTRAINT "source_d_fkey" FOREIGN KEY ("d") REFERENCES "target" ("id")
);
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "source" (
    "id" INTEGER,
    "a" INTEGER,
    "b" INTEGER,
    "c" INTEGER,
    "d" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "source_a_fkey" FOREIGN KEY ("a") REFERENCES "target" ("id") ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT "source_b_fkey" FOREIGN KEY ("b") REFERENCES "target" ("id") ON UPDATE SET NULL ON DELETE SET NULL,
    CONSTRAINT "source_d_fkey" FOREIGN KEY ("d") REFERENCES "target" ("id"),
    CONSTRAINT "source_c" FOREIGN KEY ("c") REFERENCES "target" ("id") ON DELETE CASCADE
)'
WHERE type = 'table' AND name = 'source';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_source" ("x");
DROP TABLE "_migrate_new_source";
SELECT count(*), group_concat("rowid", ', ') FROM pragma_foreign_key_check('source') WHERE fkid = 0;
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('source') WHERE quick_check <> 'ok';
-- downgrade
DROP TABLE "source";
DROP TABLE "target";
