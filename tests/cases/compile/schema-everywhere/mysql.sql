-- upgrade
CREATE SCHEMA "p_never_made";
-- downgrade
DROP SCHEMA "p_never_made";
