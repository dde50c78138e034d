-- migrate: upgrade

CREATE VIEW names AS
SELECT name FROM author;

-- migrate: downgrade

DROP VIEW names;
