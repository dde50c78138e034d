-- upgrade
-- error: revision `ca5e00000357` cannot run `CREATE TABLE booked (id INTEGER PRIMARY KEY, during int4rang ...`
-- caused by: mysql cannot run CREATE TABLE ... EXCLUDE USING
-- hint: write it under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "booked";
