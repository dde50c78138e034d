-- migrate: upgrade

DROP VIEW names;

-- migrate: downgrade

CREATE VIEW names AS
SELECT name FROM author;
