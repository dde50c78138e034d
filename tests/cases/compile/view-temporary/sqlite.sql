-- upgrade
CREATE TEMPORARY VIEW "for_now" AS SELECT name FROM person;
DROP VIEW "for_now";
-- downgrade
