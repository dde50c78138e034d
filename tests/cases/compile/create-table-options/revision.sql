-- create table options
--
-- Revision ID: ca5e00000120
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE IF NOT EXISTS optional (id INTEGER NOT NULL PRIMARY KEY)
    ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE IF NOT EXISTS optional (id INTEGER NOT NULL PRIMARY KEY);

-- migrate: downgrade

DROP TABLE IF EXISTS optional;
DROP TABLE IF EXISTS optional CASCADE;
