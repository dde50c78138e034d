-- upgrade
CREATE TABLE "p_shelf" (
    "id" INTEGER,
    "p_mark" VARCHAR(10) DEFAULT 'p_' NOT NULL,
    PRIMARY KEY ("id")
);
INSERT INTO p_shelf (id, "p_mark") VALUES (1, '{prefix}');
SELECT count(*), group_concat(rowid, ', ') FROM "p_shelf" WHERE NOT ("p_mark" <> 'p_x');
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "p_shelf" (
    "id" INTEGER,
    "p_mark" VARCHAR(10) DEFAULT ''p_'' NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "p_shelf_mark" CHECK ("p_mark" <> ''p_x'')
)'
WHERE type = 'table' AND name = 'p_shelf';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_p_shelf" ("x");
DROP TABLE "_migrate_new_p_shelf";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('p_shelf') WHERE quick_check <> 'ok';
CREATE INDEX "ix_p_shelf" ON "p_shelf" ("p_mark");
-- downgrade
DROP TABLE "p_shelf";
