-- upgrade
-- error: revision `ca5e00000374` cannot create table `odd`
-- caused by: sqlite cannot keep column `v` of type `amount`
-- hint: no revision before makes this type by CREATE TYPE ... AS ENUM; what only one engine has stands under `-- migrate: only`
-- downgrade
DROP TABLE "odd";
