-- schema rename
--
-- Revision ID: ca5e00000321
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE SCHEMA reports;
-- migrate: only postgresql
ALTER SCHEMA reports RENAME TO "Reports";

-- migrate: downgrade

-- migrate: only postgresql
DROP SCHEMA "Reports";
