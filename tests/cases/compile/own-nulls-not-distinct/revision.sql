-- own nulls not distinct
--
-- Revision ID: ca5e00000356
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TABLE once (id INTEGER PRIMARY KEY, a INTEGER, UNIQUE NULLS NOT DISTINCT (a));
CREATE UNIQUE INDEX once_a ON once (a) NULLS NOT DISTINCT;

-- migrate: downgrade

DROP TABLE once;
