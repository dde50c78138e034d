-- upgrade
-- error: revision `ca5e00000114` cannot create table `spans`
-- caused by: mysql cannot store an INTERVAL
-- hint: keep seconds in a BIGINT, or write the column under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "spans";
