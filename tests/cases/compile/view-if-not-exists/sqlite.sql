-- upgrade
CREATE VIEW IF NOT EXISTS "names" AS SELECT name FROM person WHERE name <> 'it''s';
CREATE VIEW IF NOT EXISTS "names" AS SELECT id FROM person;
-- downgrade
DROP VIEW IF EXISTS "names";
DROP VIEW IF EXISTS "names";
