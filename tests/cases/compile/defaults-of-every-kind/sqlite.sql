-- upgrade
CREATE TABLE "preset" (
    "id" INTEGER,
    "a" INTEGER DEFAULT -7,
    "b" NUMERIC(5, 2) DEFAULT 1.50,
    "c" VARCHAR(20) DEFAULT 'it''s',
    "d" BOOLEAN DEFAULT TRUE,
    "e" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "f" DATE DEFAULT '2020-01-01',
    "g" VARCHAR(5) DEFAULT NULL,
    "h" DOUBLE PRECISION DEFAULT 1e3,
    "i" VARCHAR(5) DEFAULT '',
    PRIMARY KEY ("id")
);
INSERT INTO preset (id) VALUES (1);
CREATE TABLE "_migrate_new_preset" (
    "id" INTEGER,
    "a" INTEGER DEFAULT 8,
    "b" NUMERIC(5, 2) DEFAULT 1.50,
    "c" VARCHAR(20) DEFAULT 'semi;colon',
    "d" BOOLEAN DEFAULT FALSE,
    "e" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "f" DATE DEFAULT '2020-01-01',
    "g" VARCHAR(5) DEFAULT NULL,
    "h" DOUBLE PRECISION DEFAULT 1e3,
    "i" VARCHAR(5),
    PRIMARY KEY ("id")
);
INSERT INTO "_migrate_new_preset" ("id", "a", "b", "c", "d", "e", "f", "g", "h", "i")
SELECT "id", "a", "b", "c", "d", "e", "f", "g", "h", "i"
FROM "preset"
ORDER BY rowid;
PRAGMA writable_schema = ON;
UPDATE "sqlite_schema" AS one SET rootpage = other.rootpage, sql = CASE one.name
WHEN 'preset' THEN 'CREATE TABLE "preset" (
    "id" INTEGER,
    "a" INTEGER DEFAULT 8,
    "b" NUMERIC(5, 2) DEFAULT 1.50,
    "c" VARCHAR(20) DEFAULT ''semi;colon'',
    "d" BOOLEAN DEFAULT FALSE,
    "e" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    "f" DATE DEFAULT ''2020-01-01'',
    "g" VARCHAR(5) DEFAULT NULL,
    "h" DOUBLE PRECISION DEFAULT 1e3,
    "i" VARCHAR(5),
    PRIMARY KEY ("id")
)'
ELSE 'CREATE TABLE "_migrate_new_preset" (x' || ')' END
FROM "sqlite_schema" AS other WHERE one.type = 'table' AND other.type = 'table'
AND one.name IN ('preset', '_migrate_new_preset') AND other.name IN ('preset', '_migrate_new_preset') AND one.name <> other.name;
PRAGMA writable_schema = RESET;
DROP TABLE "_migrate_new_preset";
SELECT count(*), group_concat(integrity_check, '; ') FROM pragma_integrity_check('preset') WHERE integrity_check <> 'ok';
-- downgrade
DROP TABLE "preset";
