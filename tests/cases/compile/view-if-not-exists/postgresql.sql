-- upgrade
DO $view$
BEGIN
    IF to_regclass('"names"') IS NULL THEN
        CREATE VIEW "names" AS SELECT name FROM person WHERE name <> 'it''s';
    END IF;
END
$view$;
DO $view$
BEGIN
    IF to_regclass('"names"') IS NULL THEN
        CREATE VIEW "names" AS SELECT id FROM person;
    END IF;
END
$view$;
-- downgrade
DROP VIEW IF EXISTS "names";
DROP VIEW IF EXISTS "names";
