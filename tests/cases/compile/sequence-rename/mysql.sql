-- upgrade
CREATE SEQUENCE "numbers";
RENAME TABLE "numbers" TO "Numbers";
-- downgrade
DROP SEQUENCE "Numbers";
