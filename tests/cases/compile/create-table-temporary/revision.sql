-- create table temporary
--
-- Revision ID: ca5e00000366
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TEMPORARY TABLE scratch (id INTEGER PRIMARY KEY, v TEXT);
INSERT INTO scratch (id, v) VALUES (1, 'x');
DROP TABLE scratch;

-- migrate: downgrade


