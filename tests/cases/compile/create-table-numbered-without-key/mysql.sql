-- upgrade
-- error: revision `ca5e00000118` cannot create table `tickets`
-- caused by: mysql cannot number rows in `number`, which is no key
-- hint: make it PRIMARY KEY or UNIQUE, or write the table once for each engine under `-- migrate: only`
-- downgrade
DROP TABLE "tickets";
