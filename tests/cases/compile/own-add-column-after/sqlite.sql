-- upgrade
-- error: revision `ca5e00000363` cannot run `ALTER TABLE placed ADD COLUMN extra INTEGER AFTER id`
-- caused by: sqlite cannot run ALTER TABLE ... AFTER
-- hint: write it under `-- migrate: only mysql`
-- downgrade
DROP TABLE "placed";
