-- schema create and drop
--
-- Revision ID: ca5e00000318
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql, mysql
CREATE SCHEMA {prefix}made_by_a_case;
-- migrate: only postgresql, mysql
CREATE TABLE {prefix}made_by_a_case.inside (id INTEGER PRIMARY KEY);
-- migrate: only postgresql, mysql
DROP SCHEMA {prefix}made_by_a_case CASCADE;
-- migrate: only postgresql, mysql
CREATE SCHEMA IF NOT EXISTS {prefix}kept_by_a_case;

-- migrate: downgrade

-- migrate: only postgresql, mysql
DROP SCHEMA IF EXISTS {prefix}kept_by_a_case CASCADE;
