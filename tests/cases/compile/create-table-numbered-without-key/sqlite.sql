-- upgrade
-- error: revision `ca5e00000118` cannot create table `tickets`
-- caused by: sqlite cannot number rows in `number`, which is not the primary key by itself
-- hint: make it the primary key, or write the table once for each engine under `-- migrate: only`
-- downgrade
DROP TABLE "tickets";
