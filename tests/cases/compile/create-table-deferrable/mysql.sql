-- upgrade
-- error: revision `ca5e00000112` cannot create table `later`
-- caused by: mysql cannot check a constraint at the end of a transaction
-- hint: leave DEFERRABLE out, or write the constraint once for each engine under `-- migrate: only`
-- downgrade
DROP TABLE "later";
