-- upgrade
-- error: revision `ca5e00000122` cannot create table `note`
-- caused by: mysql cannot refer to `person` without naming its columns
-- hint: write REFERENCES person (...)
-- downgrade
DROP TABLE "note";
