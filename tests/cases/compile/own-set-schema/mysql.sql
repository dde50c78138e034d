-- upgrade
-- error: revision `ca5e00000355` cannot run `ALTER TABLE moved SET SCHEMA apart`
-- caused by: mysql cannot run ALTER TABLE ... SET SCHEMA
-- hint: write it under `-- migrate: only postgresql`
-- downgrade
DROP SCHEMA "apart";
