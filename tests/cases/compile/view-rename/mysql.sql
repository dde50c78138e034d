-- upgrade
CREATE VIEW "names" ("n") AS SELECT name FROM person;
RENAME TABLE "names" TO "Names";
-- downgrade
RENAME TABLE "Names" TO "names";
DROP VIEW "names";
