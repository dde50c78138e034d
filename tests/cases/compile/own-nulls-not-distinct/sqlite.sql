-- upgrade
-- error: revision `ca5e00000356` cannot run `CREATE TABLE once (id INTEGER PRIMARY KEY, a INTEGER, UNIQUE ...`
-- caused by: sqlite cannot run CREATE TABLE ... NULLS NOT DISTINCT
-- hint: write it under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "once";
