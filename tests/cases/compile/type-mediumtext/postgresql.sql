-- upgrade
-- error: revision `ca5e00000371` cannot create table `page`
-- caused by: postgresql cannot keep column `body` of type `MEDIUMTEXT`
-- hint: use TEXT, or write it under `-- migrate: only mysql`
-- downgrade
DROP TABLE "page";
