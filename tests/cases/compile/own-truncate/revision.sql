-- own truncate
--
-- Revision ID: ca5e00000392
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE scratch (id INTEGER PRIMARY KEY);
INSERT INTO scratch (id) VALUES (1);
TRUNCATE TABLE scratch;

-- migrate: downgrade

DROP TABLE scratch;
