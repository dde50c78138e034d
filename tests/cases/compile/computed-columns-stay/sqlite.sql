-- upgrade
CREATE TABLE "box" (
    "id" INTEGER,
    "width" INTEGER NOT NULL,
    "height" INTEGER,
    "area" INTEGER GENERATED ALWAYS AS (width * height) STORED,
    PRIMARY KEY ("id")
);
INSERT INTO box (id, width, height) VALUES (1, 2, 3);
SELECT count(*), group_concat(rowid, ', ') FROM "box" WHERE "height" IS NULL;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" SET sql = 'CREATE TABLE "box" (
    "id" INTEGER,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "area" INTEGER GENERATED ALWAYS AS (width * height) STORED,
    PRIMARY KEY ("id")
)'
WHERE type = 'table' AND name = 'box';
PRAGMA writable_schema = RESET;
CREATE TABLE "_migrate_new_box" ("x");
DROP TABLE "_migrate_new_box";
SELECT count(*), group_concat(quick_check, '; ') FROM pragma_quick_check('box') WHERE quick_check <> 'ok';
ALTER TABLE "box" ADD COLUMN "label" VARCHAR(10) DEFAULT 'x' NOT NULL;
CREATE TABLE "_migrate_new_box" (
    "id" INTEGER,
    "width" INTEGER,
    "height" INTEGER,
    "area" INTEGER GENERATED ALWAYS AS (width * height) STORED,
    "label" VARCHAR(10) DEFAULT 'y',
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_box" ("id", "width", "height", "label")
SELECT "id", "width", "height", "label"
FROM "box"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'box' THEN 'CREATE TABLE "box" (
    "id" INTEGER,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "area" INTEGER GENERATED ALWAYS AS (width * height) STORED,
    "label" VARCHAR(10) DEFAULT ''y'' NOT NULL,
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_box" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('box', '_migrate_new_box') AND other.name IN ('box', '_migrate_new_box') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_box";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('box') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "box";
