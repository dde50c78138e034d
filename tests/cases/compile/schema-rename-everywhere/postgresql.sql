-- upgrade
CREATE SCHEMA "reports";
ALTER SCHEMA "reports" RENAME TO "other";
-- downgrade
DROP SCHEMA "other" CASCADE;
