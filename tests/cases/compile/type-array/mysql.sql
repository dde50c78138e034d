-- upgrade
-- error: revision `ca5e00000370` cannot create table `tagged`
-- caused by: mysql cannot store the array `TEXT[]`
-- hint: keep it as JSON, or write the column under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "tagged";
