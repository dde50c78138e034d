-- create table if not exists
--
-- Revision ID: ca5e00000003
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE IF NOT EXISTS {prefix}tag (id INTEGER PRIMARY KEY, name VARCHAR(20));

-- migrate: downgrade

DROP TABLE IF EXISTS {prefix}tag;
