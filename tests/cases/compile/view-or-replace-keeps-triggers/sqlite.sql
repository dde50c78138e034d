-- upgrade
CREATE VIEW "names" AS SELECT id, name FROM person;
CREATE TRIGGER names_insert INSTEAD OF INSERT ON names
BEGIN
    INSERT INTO person (id, name) VALUES (NEW.id, NEW.name);
END;
DROP VIEW IF EXISTS "names";
CREATE VIEW "names" AS SELECT id, name, 1 AS one FROM person;
INSERT INTO names (id, name) VALUES (77, 'through the view');
DELETE FROM person WHERE id = 77;
-- downgrade
DROP VIEW "names";
