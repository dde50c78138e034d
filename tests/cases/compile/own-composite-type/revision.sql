-- own composite type
--
-- Revision ID: ca5e00000352
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE TYPE pair AS (a INTEGER, b INTEGER);

-- migrate: downgrade

DROP TYPE pair;
