-- upgrade
-- error: revision `ca5e00000124` cannot create table `fallback`
-- caused by: mysql cannot set referring columns to their default
-- hint: use SET NULL, or a trigger under `-- migrate: only mysql`
-- downgrade
DROP TABLE "fallback";
