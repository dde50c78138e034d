-- migrate: upgrade

DROP MATERIALIZED VIEW "names";
CREATE MATERIALIZED VIEW names AS SELECT id, name FROM author;

-- migrate: downgrade

DROP MATERIALIZED VIEW "names";
CREATE MATERIALIZED VIEW names AS SELECT name FROM author;
