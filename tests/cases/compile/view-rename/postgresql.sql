-- upgrade
CREATE VIEW "names" ("n") AS SELECT name FROM person;
ALTER VIEW "names" RENAME TO "Names";
-- downgrade
ALTER VIEW "Names" RENAME TO "names";
DROP VIEW "names";
