-- upgrade
CREATE VIEW "names" AS SELECT name FROM person;
DROP VIEW IF EXISTS "names";
CREATE VIEW "names" AS SELECT name, id FROM person;
DROP VIEW IF EXISTS "sizes";
CREATE VIEW "sizes" AS SELECT size FROM file;
-- downgrade
DROP VIEW "names";
DROP VIEW "sizes";
