-- upgrade
-- error: revision `ca5e00000372` cannot create table `counted`
-- caused by: postgresql cannot keep column `n` of type `INTEGER UNSIGNED`
-- hint: use a wider type and a CHECK, or write it under `-- migrate: only mysql`
-- downgrade
DROP TABLE "counted";
