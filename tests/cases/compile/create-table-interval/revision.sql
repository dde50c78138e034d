-- create table interval
--
-- Revision ID: ca5e00000114
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE spans (length INTERVAL);

-- migrate: downgrade

DROP TABLE spans;
