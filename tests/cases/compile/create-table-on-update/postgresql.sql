-- upgrade
-- error: revision `ca5e00000119` cannot create table `seen`
-- caused by: postgresql cannot create column `at` with `ON UPDATE CURRENT_TIMESTAMP(6)`
-- hint: write the column under `-- migrate: only mysql`
-- downgrade
DROP TABLE "seen";
