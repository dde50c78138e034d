-- view materialized only postgresql
--
-- Revision ID: ca5e00000312
-- Revises: ba5e00000000
-- Create Date: 2020-01-02 00:00:00

-- migrate: upgrade

-- migrate: only postgresql
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM file;
-- migrate: only postgresql
REFRESH MATERIALIZED VIEW totals;

-- migrate: downgrade

-- migrate: only postgresql
DROP MATERIALIZED VIEW totals;
