-- create table numbered without key
--
-- Revision ID: ca5e00000118
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE tickets (id INTEGER NOT NULL PRIMARY KEY, number SERIAL);

-- migrate: downgrade

DROP TABLE tickets;
