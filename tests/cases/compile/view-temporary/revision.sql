-- view temporary
--
-- Revision ID: ca5e00000306
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TEMPORARY VIEW for_now AS SELECT name FROM person;
DROP VIEW for_now;

-- migrate: downgrade


