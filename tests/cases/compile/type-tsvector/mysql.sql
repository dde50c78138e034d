-- upgrade
-- error: revision `ca5e00000367` cannot create table `found`
-- caused by: mysql cannot keep column `words` of type `tsvector`
-- hint: use TEXT, or write it under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "found";
