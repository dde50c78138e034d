-- drop table if exists
--
-- Revision ID: ca5e00000214
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

DROP TABLE IF EXISTS nowhere;
CREATE TABLE somewhere (id INTEGER PRIMARY KEY);

-- migrate: downgrade

DROP TABLE IF EXISTS somewhere;
