-- upgrade
-- error: revision `ca5e00000392` cannot run `TRUNCATE TABLE scratch`
-- caused by: sqlite cannot run TRUNCATE
-- hint: write it under `-- migrate: only postgresql, mysql`
-- downgrade
DROP TABLE "scratch";
