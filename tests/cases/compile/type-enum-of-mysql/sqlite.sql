-- upgrade
-- error: revision `ca5e00000373` cannot create table `sized`
-- caused by: sqlite cannot keep column `size` of type `ENUM('s', 'm', 'l')`
-- hint: use CREATE TYPE ... AS ENUM, which every engine is told, or write it under `-- migrate: only mysql`
-- downgrade
DROP TABLE "sized";
