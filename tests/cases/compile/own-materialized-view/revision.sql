-- own materialized view
--
-- Revision ID: ca5e00000354
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM file;

-- migrate: downgrade

DROP MATERIALIZED VIEW totals;
