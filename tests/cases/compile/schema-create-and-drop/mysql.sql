-- upgrade
CREATE SCHEMA "p_made_by_a_case";
CREATE TABLE "p_made_by_a_case"."inside" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
DROP SCHEMA "p_made_by_a_case";
CREATE SCHEMA IF NOT EXISTS "p_kept_by_a_case";
-- downgrade
DROP SCHEMA IF EXISTS "p_kept_by_a_case";
