-- upgrade
CREATE SEQUENCE "numbers";
ALTER SEQUENCE "numbers" RENAME TO "Numbers";
-- downgrade
DROP SEQUENCE "Numbers";
