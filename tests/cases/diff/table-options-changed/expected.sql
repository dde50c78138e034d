-- migrate: upgrade

ALTER TABLE "item" RESET (autovacuum_enabled), SET (fillfactor = 80);

-- migrate: downgrade

ALTER TABLE "item" SET (fillfactor = 70, autovacuum_enabled = false);
