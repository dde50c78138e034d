-- upgrade
CREATE VIEW "small" AS SELECT id, size FROM file WHERE size < 100 WITH CASCADED CHECK OPTION;
-- downgrade
DROP VIEW "small";
