-- upgrade
CREATE SCHEMA "reports";
ALTER SCHEMA "reports" RENAME TO "Reports";
-- downgrade
DROP SCHEMA "Reports";
