-- upgrade
-- error: revision `ca5e00000369` cannot create table `host`
-- caused by: sqlite cannot keep column `address` of type `inet`
-- hint: use VARCHAR(50), or write it under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "host";
