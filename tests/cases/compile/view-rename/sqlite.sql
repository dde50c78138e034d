-- upgrade
CREATE VIEW "names" ("n") AS SELECT name FROM person;
DROP VIEW "names";
CREATE VIEW "Names" ("n") AS SELECT name FROM person;
-- downgrade
DROP VIEW "Names";
CREATE VIEW "names" ("n") AS SELECT name FROM person;
DROP VIEW "names";
