-- upgrade
DROP SCHEMA IF EXISTS "p_never_made";
-- downgrade
