-- upgrade
-- error: revision `ca5e00000109` cannot create table `lists`
-- caused by: sqlite cannot store the array `INTEGER[]`
-- hint: keep it as JSON, or write the column under `-- migrate: only postgresql`
-- downgrade
DROP TABLE "lists";
