-- upgrade
-- error: revision `ca5e00000322` cannot rename schema `reports` to `other`
-- caused by: mysql cannot rename schema `reports`, which is a database
-- hint: create the other one and move the tables into it, under `-- migrate: only mysql`
-- downgrade
DROP SCHEMA "other";
