-- upgrade
CREATE VIEW "one" AS SELECT id FROM person;
CREATE VIEW "two" AS SELECT id FROM file;
DROP VIEW "one" CASCADE;
DROP VIEW "two" CASCADE;
-- downgrade
