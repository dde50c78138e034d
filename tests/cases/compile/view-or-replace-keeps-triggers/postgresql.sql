-- upgrade
CREATE VIEW "names" AS SELECT id, name FROM person;
CREATE OR REPLACE VIEW "names" AS SELECT id, name, 1 AS one FROM person;
INSERT INTO names (id, name) VALUES (77, 'through the view');
DELETE FROM person WHERE id = 77;
-- downgrade
DROP VIEW "names";
