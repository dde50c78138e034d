-- upgrade
CREATE SEQUENCE "numbers";
-- downgrade
DROP SEQUENCE "numbers";
