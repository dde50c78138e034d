-- upgrade
-- error: revision `ca5e00000364` cannot run `CREATE TABLE copy_of_file LIKE file`
-- caused by: sqlite cannot run CREATE TABLE ... LIKE
-- hint: write it under `-- migrate: only mysql`
-- downgrade
DROP TABLE "copy_of_file";
