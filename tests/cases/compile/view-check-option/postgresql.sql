-- upgrade
CREATE VIEW "small" AS SELECT id, size FROM file WHERE size < 100 WITH LOCAL CHECK OPTION;
CREATE OR REPLACE VIEW "smaller" AS SELECT id, size FROM small WHERE size < 50 WITH CASCADED CHECK OPTION;
-- downgrade
DROP VIEW "smaller";
DROP VIEW "small";
