-- upgrade
CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM file;
-- downgrade
DROP MATERIALIZED VIEW totals;
