-- upgrade
CREATE VIEW "names" AS SELECT name FROM person;
CREATE OR REPLACE VIEW "names" AS SELECT name, id FROM person;
CREATE OR REPLACE VIEW "sizes" AS SELECT size FROM file;
-- downgrade
DROP VIEW "names";
DROP VIEW "sizes";
